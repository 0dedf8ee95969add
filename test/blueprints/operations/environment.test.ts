import { existsSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { FakeStack, isRoot, secretsFile } from './stack.ts';

const test = suite<{ stack: FakeStack }>('the secrets of a clone');
const auth = 'auth.meet.jitsi';

test.before.each((context) => {
  context.stack = new FakeStack();
});
test.after.each(({ stack }) => stack.remove());

const made = /^JICOFO_AUTH_PASSWORD=([0-9a-f]{32})\nJVB_AUTH_PASSWORD=([0-9a-f]{32})\n/m;
const mode = (stack: FakeStack) => statSync(join(stack.path, '.env')).mode & 0o777;
const present = ({ path }: FakeStack, name: string) => existsSync(join(path, name));

test('up makes .env where there is none and nothing depends on one; the rest is asked for', ({
  stack,
}) => {
  rmSync(join(stack.path, '.env'));
  const { code, err } = stack.run(['up']);
  assert.is(code, 1);
  assert.match(err, 'Enter in .env what was given to you elsewhere: JWT_APP_SECRET.');
  assert.not.match(stack.calls(), 'compose up');
  const text = stack.read('.env');
  const values = text.match(/=[0-9a-f]{32}$/gm) ?? [];
  assert.is(new Set(values).size, 3, text);
  assert.match(text, made);
  assert.match(text, /^TURN_CREDENTIALS=[0-9a-f]{32}\nJWT_APP_SECRET=\n$/m);
  assert.is(mode(stack), 0o600);
  if (isRoot) assert.is(statSync(join(stack.path, '.env')).uid, statSync(stack.path).uid);
  for (const value of values) assert.not.match(stack.calls() + err, value.slice(1));

  stack.write('.env', text.replace('JWT_APP_SECRET=', 'JWT_APP_SECRET=x'), 0o600);
  const again = stack.run(['up']);
  assert.is(again.code, 0, again.err);
  assert.is(stack.read('.env'), text.replace('JWT_APP_SECRET=', 'JWT_APP_SECRET=x'));
});

test('directories that an earlier start has made are no reason to refuse', ({ stack }) => {
  rmSync(join(stack.path, '.env'));
  stack.write('data/prosody/data/x', '');
  rmSync(join(stack.path, 'data/prosody/data/x'));
  stack.run(['up']);
  assert.match(stack.read('.env'), made);
});

test('accounts without .env: nothing is made or started, and every way on is named', ({
  stack,
}) => {
  rmSync(join(stack.path, '.env'));
  stack.write(stack.account('focus', auth), 'old-jicofo');
  for (const command of ['up', 'status', 'backup']) {
    const { code, err } = stack.run([command]);
    assert.is(code, 1);
    assert.match(err, './stack restore FILE');
    assert.match(err, './stack up --new-secrets');
  }
  assert.not.ok(present(stack, '.env'));
  assert.not.match(stack.calls(), 'compose up');
});

test('up --new-secrets: prosody learns them before anybody logs in with them', ({ stack }) => {
  stack.write('.env', 'JWT_APP_SECRET=theirs\n', 0o600);
  stack.write(stack.account('focus', auth), 'old-jicofo');
  stack.write(stack.account('jvb', auth), 'old-jvb');
  const ada = stack.account('ada');
  stack.write(ada, 'hers');
  const { code, err } = stack.run(['up', '--new-secrets']);
  assert.is(code, 0, err);
  const [, jicofo, jvb] = stack.read('.env').match(made) ?? [];
  assert.is(stack.read(stack.account('focus', auth)), jicofo);
  assert.is(stack.read(stack.account('jvb', auth)), jvb);
  assert.is(stack.read(ada), 'hers');
  const [first] = stack.calls().match(/compose up.*/) ?? [];
  assert.is(first?.trim(), 'compose up --detach --wait prosody');
  assert.not.ok(present(stack, '.env.rotated'));
  assert.match(stack.read('.env'), 'JWT_APP_SECRET=theirs\n');
});

test('up --new-secrets that is cut short goes on with the next up', ({ stack }) => {
  rmSync(join(stack.path, '.env'));
  stack.write(stack.account('focus', auth), 'old-jicofo');
  stack.write(stack.account('jvb', auth), 'old-jvb');
  stack.fail('compose exec*passwd*');
  stack.run(['up', '--new-secrets']);
  stack.write('.env', stack.read('.env').replace('JWT_APP_SECRET=', 'JWT_APP_SECRET=x'), 0o600);
  stack.write('../fake/fail', '');
  const { code, err } = stack.run(['up']);
  assert.is(code, 0, err);
  assert.is(
    stack.read(stack.account('focus', auth)),
    stack.read('.env').match(made)?.[1],
    'the focus has the new password',
  );
});

test('a name that came with an update is made where no account has it yet', ({ stack }) => {
  const before = secretsFile.replace(/^TURN_CREDENTIALS.*\n/m, '');
  stack.write('.env', before, 0o600);
  stack.write(stack.account('focus', auth), 'old-jicofo');
  const { code, err } = stack.run(['up']);
  assert.is(code, 0, err);
  assert.match(err, 'Made new secrets in .env: TURN_CREDENTIALS.');
  const text = stack.read('.env');
  assert.ok(text.startsWith(before), text);
  assert.match(text.slice(before.length), /^\n# .*\nTURN_CREDENTIALS=[0-9a-f]{32}\n$/);
});

test('one that an account was made with is not; what is empty is filled where it stands', ({
  stack,
}) => {
  stack.write(
    '.env',
    'JICOFO_AUTH_PASSWORD=\nTURN_CREDENTIALS=\nJVB_AUTH_PASSWORD=x-secret\nJWT_APP_SECRET=y',
    0o600,
  );
  stack.write(stack.account('focus', auth), 'old-jicofo');
  const { code, err } = stack.run(['up']);
  assert.is(code, 1);
  assert.match(err, 'no value in .env: JICOFO_AUTH_PASSWORD.');
  assert.not.match(err, 'x-secret');
  assert.match(
    stack.read('.env'),
    /^JICOFO_AUTH_PASSWORD=\nTURN_CREDENTIALS=[0-9a-f]{32}\nJVB_AUTH_PASSWORD=x-secret\nJWT_APP_SECRET=y\n$/,
  );
});

test('a link is not replaced by a file, and one that leads nowhere is named', ({ stack }) => {
  const elsewhere = join(stack.root, 'vault');
  rmSync(join(stack.path, '.env'));
  symlinkSync(elsewhere, join(stack.path, '.env'));
  assert.match(stack.run(['up']).err, '.env is a link to a file that is not there');
  stack.write('../vault', secretsFile.replace(/^TURN_CREDENTIALS.*\n/m, ''), 0o600);
  assert.match(stack.run(['up']).err, 'Add these names to the file that it leads to');
  assert.is(stack.read('../vault'), secretsFile.replace(/^TURN_CREDENTIALS.*\n/m, ''));
});

test('a file that others may read is refused first, and a directory is named', ({ stack }) => {
  stack.write('.env', '', 0o644);
  assert.match(stack.run(['up']).err, 'chmod 600 .env');
  assert.is(stack.read('.env'), '');
  rmSync(join(stack.path, '.env'));
  stack.write('.env/x', '');
  assert.match(stack.run(['up']).err, '.env is a directory');
});

test.run();
