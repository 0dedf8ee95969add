import { dirname } from 'node:path';
import type { Test } from 'uvu';
import { command } from './command.ts';
import { executable } from './executable.ts';
import { find, type ProgramName } from './find.ts';
import { inSandbox } from './sandbox.ts';

/**
 * What a test can need beyond Node, git and what every Debian holds: a judge, wherever it is found; `host:NAME`, a
 * program of this machine itself, because what is tested calls it by name; or `root`, who can make network namespaces
 * and mounts.
 */
export type Need = ProgramName | `host:${string}` | 'root';

/**
 * A suite whose tests need more than the machine must have: itself where all of it is there. Where it is not, its tests
 * are skipped loudly, and what it does before and after them too; with `CI=true` a skip is a failure, so that nobody
 * takes a machine that checks nothing for one that finds nothing.
 */
export async function needs<T>(suite: Test<T>, ...all: readonly Need[]): Promise<Test<T>> {
  for (const need of all) {
    const missing = await missingNeed(need);
    if (missing !== undefined) return unable(suite, missing);
  }
  return suite;
}

/** The same for a reason that is known already. */
export function unable<T>(suite: Test<T>, reason: string): Test<T> {
  const skip = (name: string) => {
    if (process.env.CI === 'true') {
      suite(name, () => {
        throw new Error(`not run: ${reason}`);
      });
      return;
    }
    console.error(`SKIPPED “${name}”: ${reason.replaceAll('\n', ' ')}`);
    suite.skip(name, () => {});
  };
  const hook = Object.assign(() => {}, { each: () => {} });
  return Object.assign(skip, {
    skip: suite.skip,
    only: suite.only,
    run: suite.run,
    before: hook,
    after: hook,
  }) as Test<T>;
}

/** Why a need is not met, with its name first; undefined when it is. */
async function missingNeed(need: Need): Promise<string | undefined> {
  if (need === 'root') return missingRoot();
  if (need.startsWith('host:')) return missingHost(need.slice('host:'.length));
  const program = need as ProgramName;
  const found = await find(program);
  if ('missing' in found) return `${program}: ${found.missing}`;
  return missingSandbox();
}

function missingHost(program: string): string | undefined {
  const file = executable(program);
  if (!file) return `${program}: not installed`;
  // Tests and scripts call it by name; an ordinary PATH leaves out the programs of administrators.
  const path = process.env.PATH?.split(':') ?? [];
  if (!path.includes(dirname(file))) process.env.PATH = [...path, dirname(file)].join(':');
  return undefined;
}

async function missingRoot(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'root: network namespaces need root';
  const { ok } = await command('unshare', ['--mount', '--net', 'true']);
  return ok ? undefined : 'root: this root may make no network namespaces and mounts';
}

let sandbox: Promise<string | undefined> | undefined;

/** Judges run in a sandbox, which not every machine, container and kernel lets everybody make. */
function missingSandbox(): Promise<string | undefined> {
  sandbox ??= inSandbox('sh', ['-c', 'true'], { addresses: [] }).then(({ ok, output }) =>
    ok ? undefined : `sandbox: none can be made here (${output.split('\n').at(-1)})`,
  );
  return sandbox;
}
