import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { configure, created, generate, home, lines, refusal, Stack } from './stack.ts';

const at = (changes: Record<number, string>): Record<string, string> => ({
  'compose.yaml': lines('compose'),
  'nginx.conf': lines('nginx', changes),
});
const [v1, v2, v3] = [at({}), at({ 3: 'v2' }), at({ 3: 'v2', 27: 'v3' })];
const edited = lines('nginx', { 15: 'mine' });
const expected = lines('nginx', { 3: 'v2', 15: 'mine', 27: 'v3' });

/** A stack with an edit of its owner, upgraded once. */
async function upgraded(): Promise<Stack> {
  const stack = await created(v1);
  stack.write('nginx.conf', edited);
  stack.commit();
  await stack.sync(generate(v2));
  return stack;
}

function clone(stack: Stack, ...args: string[]): Stack {
  const directory = mkdtempSync(join(home, 'clone-'));
  stack.git('clone', '-q', ...args, `file://${stack.directory}`, directory);
  return new Stack(directory);
}

const histories: [string, (stack: Stack) => Stack | undefined][] = [
  ['a plain history', () => undefined],
  [
    'a history squashed into one commit',
    (stack) => {
      stack.git('checkout', '-q', '--orphan', 'squashed');
      stack.git('commit', '-qm', 'all');
      stack.git('branch', '-qD', 'main');
      stack.git('reflog', 'expire', '--expire=now', '--all');
      stack.git('gc', '-q', '--prune=now');
      return undefined;
    },
  ],
  [
    'an update that was squash-merged',
    (stack) => {
      stack.git('branch', 'update');
      stack.git('reset', '-q', '--hard', 'HEAD~1');
      stack.git('merge', '-q', '--squash', 'update');
      stack.git('commit', '-qm', 'squash');
      stack.git('branch', '-qD', 'update');
      return undefined;
    },
  ],
  [
    'an update that was rebased',
    (stack) => {
      stack.git('checkout', '-qb', 'other', 'HEAD~1');
      stack.write('notes.txt', 'other\n');
      stack.commit();
      stack.git('checkout', '-q', 'main');
      stack.git('rebase', '-q', 'other');
      return undefined;
    },
  ],
  [
    'a history rewritten from its root',
    (stack) => {
      stack.git('-c', 'sequence.editor=true', 'rebase', '-q', '--root', '--force-rebase');
      return undefined;
    },
  ],
  ['a shallow clone', (stack) => clone(stack, '--depth=1')],
  [
    'a partial clone without its origin',
    (stack) => {
      stack.git('config', 'uploadpack.allowFilter', 'true');
      const partial = clone(stack, '--filter=blob:none');
      partial.git('remote', 'set-url', 'origin', 'file:///nowhere');
      return partial;
    },
  ],
  [
    'an export without history, committed anew',
    (stack) => {
      stack.remove('.git');
      stack.git('init', '-q');
      stack.commit();
      return undefined;
    },
  ],
  [
    'an update that was reset and made again',
    (stack) => {
      stack.git('reset', '-q', '--hard', 'HEAD~1');
      return undefined;
    },
  ],
  [
    'a detached HEAD',
    (stack) => {
      stack.git('checkout', '-q', '--detach');
      return undefined;
    },
  ],
];

const test = suite('histories');
test.before.each(() => configure());

for (const [name, rewrite] of histories) {
  test(`survives ${name}`, async () => {
    const before = await upgraded();
    const stack = rewrite(before) ?? before;
    assert.is((await stack.sync(generate(v3))).outcome, 'updated');
    assert.is(stack.read('nginx.conf'), expected);
    assert.ok(stack.isClean);
  });
}

test('brings a reverted update back whole with the next one', async () => {
  const stack = await upgraded();
  stack.git('revert', '--no-edit', 'HEAD');
  assert.is(stack.read('nginx.conf'), edited);
  await stack.sync(generate(v3));
  assert.is(stack.read('nginx.conf'), expected);
});

test('goes on after two branches were updated apart and merged', async () => {
  const stack = await created(v1);
  stack.git('checkout', '-qb', 'side');
  await stack.sync(generate(v2, 'stable-2'));
  stack.git('checkout', '-q', 'main');
  await stack.sync(generate(at({ 27: 'v3' }), 'stable-3'));
  assert.throws(() => stack.git('merge', '-q', 'side'));
  stack.git('commit', '-qam', 'merged with markers');
  assert.match((await refusal(stack.sync(generate(v3)))).message, 'conflict markers');
  stack.git('reset', '-q', '--hard', 'HEAD~1');
  assert.throws(() => stack.git('merge', '-q', 'side'));
  stack.git('checkout', '-q', '--ours', 'jitsi-stack.lock');
  stack.git('commit', '-qam', 'merged, newer lock');
  await stack.sync(generate(v3));
  assert.is(stack.read('nginx.conf'), v3['nginx.conf']);
});

test.run();
