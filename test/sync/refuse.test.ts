import { symlinkSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { formatLock } from '../../src/sync/lock/lock.ts';
import { configure, created, generate, lines, refusal, Stack } from './stack.ts';

const v1 = {
  '.gitignore': '.env\n',
  'compose.yaml': lines('compose'),
  'nginx.conf': lines('nginx'),
};
const v2 = { ...v1, 'compose.yaml': lines('compose', { 3: 'new' }), 'new.conf': lines('new') };

const refusals: [string, (stack: Stack) => void, RegExp][] = [
  [
    'an edit that is not committed',
    (stack) => stack.write('nginx.conf', 'edited\n'),
    /^nginx\.conf: .*not committed.*git commit/,
  ],
  [
    'a deletion that is not committed',
    (stack) => stack.remove('nginx.conf'),
    /^nginx\.conf: .*not committed/,
  ],
  ['a lock that was edited', (stack) => stack.write('jitsi-stack.lock', '{}'), /Put the lock back/],
  [
    'staged changes',
    (stack) => {
      stack.write('notes.txt', 'mine\n');
      stack.git('add', 'notes.txt');
    },
    /^notes\.txt: There are staged changes\..*git restore --staged/,
  ],
  [
    'an untracked file in the way',
    (stack) => stack.write('new.conf', 'mine\n'),
    /^new\.conf: Files that git does not track/,
  ],
  [
    'an ignored file in the way',
    (stack) => {
      stack.write('.git/info/exclude', 'new.conf\n');
      stack.write('new.conf', 'mine\n');
    },
    /^new\.conf: Files that git does not track/,
  ],
  [
    'a merge in progress',
    (stack) => {
      stack.git('checkout', '-qb', 'side');
      stack.write('compose.yaml', 'side\n');
      stack.commit();
      stack.git('checkout', '-q', 'main');
      stack.write('compose.yaml', 'main\n');
      stack.commit();
      assert.throws(() => stack.git('merge', 'side'));
    },
    /A merge is in progress.*git merge --abort/,
  ],
  [
    'a tracked secret',
    (stack) => {
      stack.write('.env', 'SECRET=1\n');
      stack.git('add', '-f', '.env');
      stack.git('commit', '-qm', 'oops');
    },
    /^\.env: Secrets are tracked by git\..*git rm --cached/,
  ],
];

const test = suite('refusals');
test.before.each(() => configure());

for (const [name, prepare, expected] of refusals) {
  test(`refuses ${name} and touches nothing`, async () => {
    const stack = await created(v1);
    prepare(stack);
    const state = (): string[] => [
      stack.git('rev-parse', 'HEAD'),
      stack.git('status', '--porcelain'),
      stack.git('diff'),
    ];
    const before = state();
    const error = await refusal(stack.sync(generate(v2), { secretPaths: ['.env'] }));
    assert.match(error.message, expected);
    assert.equal(state(), before);
    assert.not(stack.git('worktree', 'list').includes('\n'));
  });
}

for (const git of [true, false]) {
  test(`refuses a lock that names a secret, ${git ? 'in git' : 'without it'}, and keeps the secret`, async () => {
    const stack = new Stack();
    await stack.sync(generate(v1), { git });
    stack.write('.env', 'SECRET=1\n');
    stack.write('jitsi-stack.lock', formatLock(generate({ ...v1, '.env': 'SECRET=1\n' })));
    if (git) stack.git('commit', '-qam', 'planted');
    const options = { git, secretPaths: ['.env', 'certs/privkey.pem'] };
    assert.match(
      (await refusal(stack.sync(generate(v2), options))).message,
      /names \.env, which no version/,
    );
    assert.is(stack.read('.env'), 'SECRET=1\n');
  });
}

test('an update in a stack whose certs are a link ends as it should', async () => {
  const stack = await created({ ...v1, '.gitignore': '.env\n' });
  symlinkSync('/tmp', stack.path('certs'));
  stack.write('.git/info/exclude', 'certs\n');
  const { outcome, notes } = await stack.sync(generate({ ...v2, '.gitignore': '.env\n' }), {
    secretPaths: ['.env', 'certs/privkey.pem'],
  });
  assert.is(outcome, 'updated');
  assert.not.match(notes.join(), 'privkey');
});

test('refuses a tracked secret even when there is nothing to do', async () => {
  const stack = await created(v1);
  stack.write('.env', 'SECRET=1\n');
  stack.git('add', '-f', '.env');
  stack.git('commit', '-qm', 'oops');
  assert.match(
    (await refusal(stack.sync(generate(v1), { secretPaths: ['.env'] }))).message,
    'Secrets are tracked',
  );
});

test('does not mind edits that do not concern it', async () => {
  const stack = await created(v1);
  stack.write('mine.txt', 'one\n');
  stack.commit();
  stack.write('mine.txt', 'two\n');
  assert.is((await stack.sync(generate(v2))).outcome, 'updated');
  assert.is(stack.read('mine.txt'), 'two\n');
  assert.is(stack.git('status', '--porcelain'), 'M mine.txt');
});

test('takes an identical untracked file as its own', async () => {
  const stack = await created(v1);
  stack.write('new.conf', v2['new.conf']);
  assert.is((await stack.sync(generate(v2))).outcome, 'updated');
  assert.ok(stack.isClean);
});

test('says nothing of markers while another file is in the way of them', async () => {
  const stack = await created(v1);
  stack.write('compose.yaml', lines('compose', { 3: 'mine' }));
  stack.commit();
  stack.write('new.conf', v2['new.conf']);
  await stack.sync(generate(v2), { markers: true });
  assert.match(stack.read('compose.yaml'), '<<<<<<< HEAD');
  stack.git('cherry-pick', '--abort');
  assert.is(stack.read('new.conf'), v2['new.conf']);
});

test('refuses to generate outside the stack', async () => {
  const stack = await created(v1);
  for (const path of ['../x', '/etc/x', 'a/../../x', '.git/hooks/pre-commit', '-x', 'a\\b', '']) {
    let failed = false;
    await stack.sync(generate({ [path]: 'x' })).catch(() => {
      failed = true;
    });
    assert.ok(failed, path);
  }
});

test.run();
