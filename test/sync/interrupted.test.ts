import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { configure, created, generate, lines, refusal, Stack } from './stack.ts';

const v1 = {
  'compose.yaml': lines('compose'),
  'nginx/nginx.conf': lines('nginx'),
  stack: { text: '#!/bin/sh\n', executable: true },
};
const v2 = {
  ...v1,
  'nginx/nginx.conf': lines('nginx', { 3: 'v2' }),
  'firewall/ports.md': lines('ports'),
};

/** A process that starts an update and waits in the middle of it until it is killed. */
async function interruptible(stack: Stack): Promise<ChildProcess> {
  const program = `
    import { sync } from ${JSON.stringify(new URL('../../src/sync/index.ts', import.meta.url).href)};
    const decide = async () => { process.stdout.write('asked'); await new Promise((done) => setTimeout(done, 60000)); return 'mine'; };
    const generated = ${JSON.stringify(generate(v2))};
    const generation = { ...generated, generate: async () => generated };
    await sync(${JSON.stringify(stack.directory)}, generation, { decide });`;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', program],
    {
      cwd: new URL('../..', import.meta.url).pathname,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  if (child.stdout) await once(child.stdout, 'data');
  return child;
}

async function overlapping(): Promise<Stack> {
  const stack = await created(v1);
  stack.write('nginx/nginx.conf', lines('nginx', { 3: 'mine' }));
  stack.commit();
  return stack;
}

/** A process number that is free. */
async function deadProcess(): Promise<number> {
  const child = spawn('true');
  await once(child, 'exit');
  return child.pid ?? 0;
}

const test = suite('interrupted runs');
test.before.each(() => configure());

test('refuses a second run at once, and leaves the first alone', async () => {
  const stack = await overlapping();
  const child = await interruptible(stack);
  const error = await refusal(stack.sync(generate(v2), { mine: ['.'] }));
  assert.match(error.message, `process ${child.pid} on ${hostname()}`);
  assert.is((await stack.sync(generate(v2), { dryRun: true })).outcome, 'preview');
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.is((await stack.sync(generate(v2), { mine: ['.'] })).outcome, 'updated');
  assert.ok(stack.isClean);
});

test('a run that is ended with Ctrl-C cleans up', async () => {
  const stack = await overlapping();
  const child = await interruptible(stack);
  child.kill('SIGINT');
  const [, signal] = await once(child, 'exit');
  assert.is(signal, 'SIGINT');
  assert.ok(stack.isClean);
  assert.not(readdirSync(stack.path('.git')).some((name) => /jitsi|worktrees/.test(name)));
});

test('sweeps up after a killed run, but not the working trees of others', async () => {
  const stack = await overlapping();
  stack.git('worktree', 'add', '-q', '--detach', stack.path('../unmounted'));
  new Stack(stack.path('..')).remove('unmounted');
  const child = await interruptible(stack);
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.ok(readdirSync(stack.path('.git')).some((name) => name.startsWith('jitsi-stack-')));
  await stack.sync(generate(v2), { mine: ['.'] });
  assert.not(readdirSync(stack.path('.git')).some((name) => name.startsWith('jitsi-stack')));
  assert.equal(readdirSync(stack.path('.git/worktrees')), ['unmounted']);
});

for (const [name, content] of [
  ['of a dead process', async () => JSON.stringify({ pid: await deadProcess(), host: hostname() })],
  ['cut short', async () => '{"pi'],
] as const) {
  test(`takes over a claim ${name}`, async () => {
    const stack = await created(v1);
    stack.write('.git/jitsi-stack.run', await content());
    assert.is((await stack.sync(generate(v2))).outcome, 'updated');
    assert.ok(stack.isClean);
    const plain = await created(v1, { git: false });
    plain.write('.jitsi-stack.run', await content());
    assert.is((await plain.sync(generate(v2), { git: false })).outcome, 'updated');
    assert.not(plain.has('.jitsi-stack.run'));
  });
}

test('respects the claim of another machine', async () => {
  const stack = await created(v1);
  stack.write('.git/jitsi-stack.run', JSON.stringify({ pid: 1, host: 'elsewhere' }));
  assert.match(
    (await refusal(stack.sync(generate(v2)))).message,
    /on elsewhere.*delete .*jitsi-stack\.run/,
  );
});

/** A stack as a power cut during the fast-forward leaves it: some files moved, HEAD not yet. */
async function halfMoved(
  disturb: (stack: Stack, from: string, to: string) => void,
): Promise<Stack> {
  const stack = await created(v1);
  const from = stack.git('rev-parse', 'HEAD');
  await stack.sync(generate(v2));
  const to = stack.git('rev-parse', 'HEAD');
  stack.git('reset', '-q', '--hard', from);
  stack.write('.git/jitsi-stack.pending', JSON.stringify({ from, to, inPlace: [] }));
  disturb(stack, from, to);
  return stack;
}

const cuts: [string, (stack: Stack, from: string, to: string) => void][] = [
  ['before the first file', () => {}],
  ['after a new file', (stack) => stack.write('firewall/ports.md', v2['firewall/ports.md'])],
  [
    'within a file',
    (stack) => stack.write('nginx/nginx.conf', v2['nginx/nginx.conf'].slice(0, 100)),
  ],
  ['between removing and writing a file', (stack) => stack.remove('nginx/nginx.conf')],
  ['after all files', (stack, _, to) => stack.git('checkout', '-q', to, '--', '.')],
  ['after the branch', (stack, _, to) => stack.git('reset', '-q', '--hard', to)],
];
for (const [name, disturb] of cuts) {
  test(`repairs a move that was cut off ${name}`, async () => {
    const stack = await halfMoved(disturb);
    await stack.sync(generate(v2));
    assert.is(stack.read('nginx/nginx.conf'), v2['nginx/nginx.conf']);
    assert.is(stack.read('firewall/ports.md'), v2['firewall/ports.md']);
    assert.is(stack.commits, 2);
    assert.ok(stack.isClean);
    assert.not(stack.has('.git/jitsi-stack.pending'));
  });
}

test('leaves a cut-off move to its owner once they have edited it', async () => {
  const stack = await halfMoved((half) => half.write('nginx/nginx.conf', 'mine\n'));
  await refusal(stack.sync(generate(v2)));
  assert.is(stack.read('nginx/nginx.conf'), 'mine\n');
});

test('does not lose the answers that were being taken over', async () => {
  const answers = (domain: string) => ({
    ...v1,
    'jitsi-stack.json': `{ "domain": "${domain}" }\n`,
  });
  const stack = await created(answers('a'));
  const from = stack.git('rev-parse', 'HEAD');
  await stack.sync(generate(answers('b')));
  const to = stack.git('rev-parse', 'HEAD');
  stack.git('reset', '-q', '--hard', from);
  stack.write('jitsi-stack.json', answers('b')['jitsi-stack.json']);
  stack.git('add', 'jitsi-stack.json');
  stack.write(
    '.git/jitsi-stack.pending',
    JSON.stringify({ from, to, inPlace: ['jitsi-stack.json'] }),
  );
  await stack.sync(generate(answers('b')), { inputs: ['jitsi-stack.json'] });
  assert.is(stack.read('jitsi-stack.json'), answers('b')['jitsi-stack.json']);
  assert.ok(stack.isClean);
});

const creations: [string, (stack: Stack) => void][] = [
  ['before git', () => {}],
  ['while git was making the repository', (stack) => stack.write('.git/config', '')],
  [
    'before the commit',
    (stack) => {
      stack.git('init', '-q');
      stack.git('add', '.');
      stack.write('.git/index.lock', '');
    },
  ],
];
for (const [name, disturb] of creations) {
  test(`starts over a first generation that was cut off ${name}`, async () => {
    const { 'compose.yaml': _, ...other } = {
      ...v2,
      'hooks/custom.js': { text: 'seed\n', kind: 'seeded' as const },
    };
    const stack = await created(
      { ...v1, 'hooks/custom.js': other['hooks/custom.js'] },
      { git: false },
    );
    stack.remove('stack');
    stack.write('notes.txt', 'mine\n');
    disturb(stack);
    stack.write(
      '.jitsi-stack.run',
      JSON.stringify({ pid: await deadProcess(), host: hostname(), task: 'create-repository' }),
    );
    assert.is((await stack.sync(generate(other))).outcome, 'created');
    assert.is(stack.commits, 1);
    assert.not(stack.has('compose.yaml'));
    assert.is(stack.read('nginx/nginx.conf'), v2['nginx/nginx.conf']);
    assert.is(stack.git('status', '--porcelain'), '?? notes.txt');
  });
}

test('starts over a first commit that was cut off in an existing repository', async () => {
  const stack = await created(v1, { git: false });
  stack.git('init', '-q');
  stack.git('add', 'stack', 'jitsi-stack.lock');
  stack.write(
    '.git/jitsi-stack.run',
    JSON.stringify({ pid: await deadProcess(), host: hostname(), task: 'create' }),
  );
  assert.is((await stack.sync(generate(v2))).outcome, 'created');
  assert.is(stack.read('nginx/nginx.conf'), v2['nginx/nginx.conf']);
  assert.ok(stack.isClean);
});

test('clears up after a killed run even when there is nothing to do', async () => {
  const stack = await created(v1);
  const pid = await deadProcess();
  stack.write('.git/jitsi-stack.run', JSON.stringify({ pid, host: hostname(), task: 'update' }));
  stack.write(`.git/jitsi-stack-${pid}-0123abcd/rest`, '');
  assert.is((await stack.sync(generate(v1))).outcome, 'unchanged');
  assert.ok(stack.isClean);
});

test('changes nothing when the branch moves on during the run', async () => {
  const stack = await overlapping();
  const decide = async (): Promise<'mine'> => {
    stack.write('notes.txt', 'meanwhile\n');
    stack.commit('meanwhile');
    return 'mine';
  };
  const error = await refusal(stack.sync(generate(v2), { decide }));
  assert.match(error.message, 'could not move the working tree');
  assert.is(stack.git('log', '-1', '--format=%s'), 'meanwhile');
  assert.ok(stack.isClean);
});

test('a git that is at work is respected', async () => {
  const stack = await created(v1);
  stack.write('.git/index.lock', '');
  const error = await refusal(stack.sync(generate(v2)));
  assert.match(error.message, 'index.lock');
  assert.is(stack.read('nginx/nginx.conf'), v1['nginx/nginx.conf']);
  assert.not(stack.has(join('.git', 'jitsi-stack.pending')));
});

test.run();
