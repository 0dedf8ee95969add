import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { home } from '../stack.ts';
import type { Job } from './driver.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const tools = mkdtempSync(join(home, 'tools-'));
const driver = join(tools, 'driver.mjs');
await build({
  entryPoints: [here('driver.ts')],
  outfile: driver,
  bundle: true,
  platform: 'node',
  format: 'esm',
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
});
copyFileSync(here('git.sh'), join(tools, 'git'));
chmodSync(join(tools, 'git'), 0o755);

const realGit = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();

/** How a process ended. */
export interface End {
  readonly killed: boolean;
  readonly code: number | null;
  readonly output: string;
  /** Steps that it took on the disk and calls of git; known where it ended by itself. */
  readonly steps: number;
  readonly gitCalls: number;
}

/** When a process is to die: before a step of its own, or inside a call of git. */
export interface Death {
  readonly step?: number;
  readonly gitCall?: number;
}

/** Runs a program under the hook and the git that can be killed. */
export async function runMortal(
  words: readonly string[],
  cwd: string,
  { step, gitCall }: Death = {},
): Promise<End> {
  const scratch = mkdtempSync(join(tools, 'run-'));
  const [steps, calls] = [join(scratch, 'steps'), join(scratch, 'calls')];
  writeFileSync(steps, '0');
  writeFileSync(calls, '');
  mkdirSync(join(scratch, 'tmp'));
  const child = spawn(process.execPath, ['--import', here('hook.mjs'), ...words], {
    cwd,
    env: {
      ...process.env,
      // The stand-in costs two more processes a call.
      ...(step === undefined && { PATH: `${tools}:${process.env.PATH}` }),
      TMPDIR: join(scratch, 'tmp'),
      REAL_GIT: realGit,
      STEPS_FILE: steps,
      GIT_CALLS: calls,
      KILL_AT: String(step ?? 0),
      GIT_DIES: String(gitCall ?? 0),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  const [code, signal] = await new Promise<[number | null, string | null]>((done) => {
    child.on('close', (...end) => done(end));
  });
  const end = {
    killed: signal === 'SIGKILL',
    code,
    output,
    steps: Number(readFileSync(steps, 'utf8')),
    gitCalls: readFileSync(calls, 'utf8').length,
  };
  rmSync(scratch, { recursive: true });
  return end;
}

/** Runs one update in a process of its own. */
export async function syncMortal(job: Job, death: Death = {}): Promise<End> {
  const file = join(mkdtempSync(join(tools, 'job-')), 'job.json');
  writeFileSync(file, JSON.stringify(job));
  return runMortal([driver, file], home, death);
}

/** Works through a list, a few at a time. */
export async function inParallel<T>(
  list: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...list];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all([worker(), worker()]);
}
