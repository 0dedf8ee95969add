import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type SyncOptions, sync } from '../../src/sync/index.ts';
import { type End, syncMortal } from './mortal/mortal.ts';
import { configure, created, generate, lines, refusal, Stack } from './stack.ts';

configure();

const v1 = { 'compose.yaml': lines('compose'), 'nginx/nginx.conf': lines('nginx') };
const v2 = { ...v1, 'nginx/nginx.conf': lines('nginx', { 3: 'v2' }), 'new.md': lines('new') };

const starts: Readonly<Record<string, [() => Promise<Stack>, SyncOptions]>> = {
  'first generations': [async () => new Stack(), {}],
  'first generations without git': [async () => new Stack(), { git: false }],
  updates: [() => created(v1), {}],
  'updates without git': [() => created(v1, { git: false }), { git: false }],
};

/** What may become of a run beside others: it does the work, finds it done, or gives way in a sentence. */
const fates = /^(created|updated|unchanged|refused: Another run of create-jitsi-stack is working)/;

const test = suite('runs at the same time');

for (const [name, [before, options]] of Object.entries(starts)) {
  test(name, async () => {
    for (let round = 0; round < 2; round++) {
      const stack = await before();
      const job = { directory: stack.directory, generated: generate(v2), options };
      const ends: End[] = await Promise.all([1, 2, 3].map(() => syncMortal(job)));
      const outcomes = ends.map(({ output }) => output);
      for (const output of outcomes) assert.match(output, fates);
      assert.is(outcomes.filter((output) => /^(created|updated)/.test(output)).length, 1);
      assert.is((await stack.sync(generate(v2), options)).outcome, 'unchanged');
      for (const [path, text] of Object.entries(v2)) assert.is(stack.read(path), text);
      assert.not(stack.has('.jitsi-stack.run'));
      if (options.git !== false) assert.ok(stack.isClean);
    }
  });
}

for (const [name, [before, options]] of Object.entries(starts)) {
  test(`${name}: what another run finishes between the look and the lock counts`, async () => {
    const stack = await before();
    const generated = generate(v2);
    let others: string | undefined;
    const slow = {
      ...generated,
      generate: async () => {
        others ??= (await syncMortal({ directory: stack.directory, generated, options })).output;
        return generated;
      },
    };
    const { outcome } = await sync(stack.directory, slow, options);
    assert.match(others ?? '', /^(created|updated)$/);
    assert.is(outcome, 'unchanged');
    if (options.git !== false) assert.ok(stack.isClean);
  });
}

/** The lock of a run that lives. */
const living = JSON.stringify({ pid: process.ppid, host: hostname(), task: 'create-repository' });

test('a repository that another run is just making is not taken for a broken one', async () => {
  const stack = new Stack();
  mkdirSync(stack.path('.git'));
  stack.write('.jitsi-stack.run', living);
  assert.match((await refusal(stack.sync(generate(v2)))).message, /^Another run .* is working/);
});

test("a lock that is just being written is somebody else's", async () => {
  const stack = new Stack();
  const half = 'printf "{" > .jitsi-stack.run;';
  const writer = spawn(
    'sh',
    [
      '-c',
      `for i in 1 2 3 4 5 6 7 8 9; do ${half} sleep 0.1; done; printf %s "$0" > .jitsi-stack.run`,
      living,
    ],
    { cwd: stack.directory },
  );
  const end = once(writer, 'close');
  while (!stack.has('.jitsi-stack.run')) await setTimeout(10);
  assert.match((await refusal(stack.sync(generate(v2)))).message, /^Another run .* is working/);
  await end;
  assert.equal(readdirSync(stack.directory), ['.jitsi-stack.run']);
});

test.run();
