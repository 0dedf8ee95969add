import { cpSync, existsSync, lstatSync, readdirSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SyncOptions } from '../../src/sync/index.ts';
import { type Death, inParallel, syncMortal } from './mortal/mortal.ts';
import { configure, created, generate, lines, Stack } from './stack.ts';

configure();

const seed = (text: string) => ({ text, kind: 'seeded' as const });
const v1 = {
  'compose.yaml': lines('compose'),
  'nginx/nginx.conf': lines('nginx'),
  'nginx/old/gone.conf': 'gone\n',
  'hooks/custom.js': seed('seed\n'),
  'jitsi-stack.json': '{ "domain": "a" }\n',
  stack: { text: '#!/bin/sh\n', executable: true },
};
const { 'nginx/old/gone.conf': _, ...rest } = v1;
const v2 = {
  ...rest,
  'compose.yaml': lines('compose', { 25: 'v2' }),
  'nginx/nginx.conf': lines('nginx', { 3: 'v2' }),
  'firewall/ports.md': lines('ports'),
  'hooks/new.js': seed('new\n'),
  'jitsi-stack.json': '{ "domain": "b" }\n',
};
const source = { path: 'releases/a.json', text: '{}\n' };
const inputs = { inputs: ['jitsi-stack.json'] };

interface Scenario {
  readonly before: () => Promise<Stack>;
  readonly files: typeof v1 | typeof v2;
  readonly options: SyncOptions;
  /** What the whole run ends with. */
  readonly outcome: string;
}

/** A stack with edits of its owner: merged ones, and new answers that are not committed. */
async function edited(options: SyncOptions, line: number): Promise<Stack> {
  const stack = await created(v1, options);
  stack.write('compose.yaml', lines('compose', { 3: 'mine' }));
  stack.write('nginx/nginx.conf', lines('nginx', { [line]: 'mine' }));
  stack.write('notes.txt', 'mine\n');
  if (options.git !== false) stack.commit();
  stack.write('jitsi-stack.json', '{ "domain": "b" }\n');
  return stack;
}

const scenarios: Readonly<Record<string, Scenario>> = {
  'a first generation': {
    before: async () => {
      const stack = new Stack();
      stack.write('notes.txt', 'mine\n');
      return stack;
    },
    files: v2,
    options: { sources: [source] },
    outcome: 'created',
  },
  'a first generation from answers that are there': {
    before: async () => {
      const stack = new Stack();
      stack.write('jitsi-stack.json', '{"domain":"b"}\n');
      return stack;
    },
    files: v2,
    options: inputs,
    outcome: 'created',
  },
  'a first generation into a repository without commits': {
    before: async () => {
      const stack = new Stack();
      stack.git('init', '-q');
      return stack;
    },
    files: v2,
    options: {},
    outcome: 'created',
  },
  'a first generation without git': {
    before: async () => new Stack(),
    files: v2,
    options: { git: false },
    outcome: 'created',
  },
  'an update': {
    before: () => edited({}, 20),
    files: v2,
    options: inputs,
    outcome: 'updated',
  },
  'an update without git': {
    before: () => edited({ git: false }, 20),
    files: v2,
    options: { ...inputs, git: false },
    outcome: 'updated',
  },
  'an update that overlaps, left as a conflict': {
    before: () => edited({}, 3),
    files: v2,
    options: { ...inputs, markers: true },
    outcome: 'overlap',
  },
  'an update that overlaps, left beside without git': {
    before: () => edited({ git: false }, 3),
    files: v2,
    options: { ...inputs, git: false, markers: true },
    outcome: 'overlap',
  },
};

/** A file without the id of a commit in git's markers: it is another one at another time. */
function textOf(stack: Stack, path: string): string {
  return stack.read(path).replace(/^(>>>>>>>) [0-9a-f]+/gm, '$1');
}

/** Everything that a directory holds, and git's view of it; without what is different from run to run. */
function snapshot(stack: Stack): Record<string, string> {
  const found: Record<string, string> = {};
  for (const path of readdirSync(stack.directory, { recursive: true, encoding: 'utf8' }).sort()) {
    if (path === '.git' || path.startsWith('.git/')) continue;
    const stat = lstatSync(stack.path(path));
    if (stat.isFile()) found[path] = `${stat.mode & 0o111 ? 'x' : '-'} ${textOf(stack, path)}`;
  }
  if (!existsSync(stack.path('.git'))) return found;
  const left = readdirSync(stack.path('.git')).filter((name) =>
    /jitsi|worktrees|lock|CHERRY/.test(name),
  );
  return {
    ...found,
    '(commits)': stack.git('log', '--all', '--format=%s'),
    '(status)': stack.git('status', '--porcelain'),
    '(left)': left.join(' '),
  };
}

const brief = (text = '(nothing)') =>
  JSON.stringify(text.length > 300 ? `${text.slice(0, 300)}…` : text);

function copyOf(stack: Stack): Stack {
  const copy = new Stack();
  cpSync(stack.directory, copy.directory, { recursive: true });
  return copy;
}

const test = suite('a run that is killed at any moment, and run again');

for (const [name, { before, files, options, outcome }] of Object.entries(scenarios)) {
  const generated = generate(files);
  const syncIn = (stack: Stack, death?: Death) =>
    syncMortal({ directory: stack.directory, generated, options }, death);

  test(name, async () => {
    const start = await before();
    const whole = copyOf(start);
    const end = await syncIn(whole);
    assert.is(end.output, outcome);
    const wanted = snapshot(whole);
    const old = snapshot(start);
    assert.ok(end.steps > 8, `${end.steps} steps are hardly all`);
    const deaths: Death[] = [
      ...Array.from({ length: end.steps }, (_, index) => ({ step: index + 1 })),
      ...Array.from({ length: end.gitCalls }, (_, index) => ({ gitCall: index + 1 })),
    ];
    const problems: string[] = [];
    await inParallel(deaths, async (death) => {
      const stack = copyOf(start);
      const said = (what: string) => problems.push(`${JSON.stringify(death)}: ${what}`);
      const { killed, output } = await syncIn(stack, death);
      if (!killed) return void said(`it was not killed: ${output}`);
      if (death.step !== undefined) for (const path of halves(stack, old, wanted)) said(path);
      const again = await stack.sync(generated, options).then(
        (report) => report.outcome,
        (error) => String(error),
      );
      // Git itself was cut off in the owner's working tree: there, saying so is all that can be done.
      if (options.markers && death.gitCall !== undefined && /index\.lock/.test(again)) return;
      const found = snapshot(stack);
      for (const key of new Set([...Object.keys(wanted), ...Object.keys(found)]))
        if (found[key] !== wanted[key])
          said(`${again}: ${key} is ${brief(found[key])} instead of ${brief(wanted[key])}`);
    });
    assert.is(problems.slice(0, 3).join('\n'), '', `${problems.length} of ${deaths.length}`);
  });
}

/** Files that neither are as they were nor as they will be: a container could read them. */
function halves(
  stack: Stack,
  old: Record<string, string>,
  wanted: Record<string, string>,
): string[] {
  const paths = [...Object.keys(old), ...Object.keys(wanted)].filter((path) => path[0] !== '(');
  return [...new Set(paths)].flatMap((path) => {
    if (!stack.has(path))
      return old[path] === undefined || wanted[path] === undefined ? [] : [`${path} is missing`];
    const text = textOf(stack, path);
    return [old[path], wanted[path]].some((one) => one?.slice(2) === text) ? [] : [`half: ${path}`];
  });
}

test.run();
