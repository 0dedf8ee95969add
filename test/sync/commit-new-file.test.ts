import { existsSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commitNewFile } from '../../src/sync/index.ts';
import { configure, created, generate, lines, refusal, type Stack } from './stack.ts';

const v1 = { 'compose.yaml': lines('compose') };
const file = { path: 'releases/a.json', text: '{}\n', message: 'Know a' };

const test = suite('a file kept for the owner');
test.before.each(() => configure());

test('is committed alone, with what is in the worktree left as it is', async () => {
  const stack = await created(v1);
  stack.write('compose.yaml', lines('compose', { 3: 'mine' }));
  const { written, commit } = await commitNewFile(stack.directory, file);
  assert.ok(written);
  assert.is(stack.git('log', '-1', '--format=%H %s'), `${commit} Know a`);
  assert.is(stack.git('status', '--porcelain'), 'M compose.yaml');
  assert.equal(await commitNewFile(stack.directory, file), { written: false });
  assert.is(stack.commits, 2);
});

test('is committed where it is in place already, and replaced where it is committed', async () => {
  const stack = await created(v1);
  stack.write(file.path, file.text);
  assert.ok((await commitNewFile(stack.directory, file)).commit);
  await commitNewFile(stack.directory, { ...file, text: '[]\n' });
  assert.is(stack.read(file.path), '[]\n');
  assert.ok(stack.isClean);
});

test('in a stack without git is a file', async () => {
  const stack = await created(v1, { git: false });
  assert.equal(await commitNewFile(stack.directory, file), { written: true });
  assert.is(stack.read(file.path), file.text);
  assert.not(stack.has('.jitsi-stack.run'));
});

const obstacles: [string, (stack: Stack) => void, string][] = [
  ['an untracked file', (stack) => stack.write(file.path, 'mine\n'), 'does not track'],
  [
    'an edited one',
    (stack) => {
      stack.write(file.path, 'old\n');
      stack.commit();
      stack.write(file.path, 'mine\n');
    },
    'not committed',
  ],
  [
    'staged changes',
    (stack) => {
      stack.write('notes.txt', 'mine\n');
      stack.git('add', 'notes.txt');
    },
    'There are staged changes',
  ],
  [
    'a run at work',
    (stack) =>
      stack.write('.git/jitsi-stack.run', JSON.stringify({ pid: process.ppid, host: 'elsewhere' })),
    'Another run',
  ],
];
for (const [name, disturb, sentence] of obstacles) {
  test(`gives way to ${name}`, async () => {
    const stack = await created(v1);
    disturb(stack);
    const before = [stack.git('status', '--porcelain'), stack.git('rev-parse', 'HEAD')];
    const { message } = await refusal(commitNewFile(stack.directory, file));
    assert.match(message, sentence);
    assert.equal([stack.git('status', '--porcelain'), stack.git('rev-parse', 'HEAD')], before);
    if (stack.has(file.path)) assert.is(stack.read(file.path), 'mine\n');
  });
}

test('is gone again when git does not commit it', async () => {
  const stack = await created(v1);
  stack.write('.git/hooks/prepare-commit-msg', '#!/bin/sh\nexit 1\n', 0o755);
  assert.match(
    (await refusal(commitNewFile(stack.directory, file))).message,
    'did not make the commit',
  );
  assert.not(existsSync(stack.path('releases')));
  assert.ok(stack.isClean);
});

test('is no part of what is generated: no update touches or removes it', async () => {
  const stack = await created(v1);
  await commitNewFile(stack.directory, file);
  const v2 = { 'compose.yaml': lines('compose', { 3: 'v2' }) };
  const sources = [{ path: file.path, text: file.text }];
  assert.is((await stack.sync(generate(v2), { sources })).outcome, 'updated');
  await stack.sync(generate(v1));
  assert.is(stack.read(file.path), file.text);
  assert.ok(stack.isClean);
});

test.run();
