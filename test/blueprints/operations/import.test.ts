import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { FakeStack } from './stack.ts';

const test = suite<{ stack: FakeStack }>('user import');
test.before.each((context) => {
  context.stack = new FakeStack();
});
test.after.each(({ stack }) => stack.remove());

const made = /^[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){3}$/;

test('everybody in the first column has an account, and each password is printed once', ({
  stack,
}) => {
  const table = '\ufeffName;Class\r\nAda;1\r\n"bob" , 2\r\n\r\ncarol-1\tx\r\n';
  const { code, out, err } = stack.run(['user', 'import', '-'], { input: table });
  assert.is(code, 0, err);
  const lines = out.trim().split('\n');
  assert.equal(
    lines.map((line) => line.split(',')[0]),
    ['ada', 'bob', 'carol-1'],
  );
  for (const line of lines) {
    const [name = '', password = ''] = line.split(',');
    assert.match(password, made);
    assert.is(stack.read(stack.account(name)), password);
    assert.not.match(stack.calls() + err, password);
  }
  assert.match(err, 'Accounts made: 3.');
});

test('with --to they go into a file that only its owner can read, and nothing is overwritten', ({
  stack,
}) => {
  stack.write('people.csv', 'ada\nbob\n');
  const words = ['user', 'import', 'people.csv', '--to', 'passwords.csv'];
  const { code, out, err } = stack.run(words);
  assert.is(code, 0, err);
  assert.is(out, '');
  assert.match(stack.read('passwords.csv'), /^ada,.{19}\nbob,.{19}\n$/);
  assert.is(statSync(join(stack.path, 'passwords.csv')).mode & 0o777, 0o600);
  const before = stack.read('passwords.csv');
  const again = stack.run(words);
  assert.is(again.code, 1);
  assert.match(again.err, 'is there already');
  assert.is(stack.read('passwords.csv'), before);
});

test('whoever has an account keeps it, and the rest of a list that was cut off is made', ({
  stack,
}) => {
  stack.run(['user', 'add', 'ada'], { input: 'her own password\n' });
  stack.fail('*adduser bob@*');
  const cut = stack.run(['user', 'import', '-'], { input: 'carol\nbob\ndan\n' });
  assert.is(cut.code, 1);
  assert.match(cut.err, 'did not make the account bob. Accounts made before it: 1');
  assert.match(cut.out, /^carol,/);
  writeFileSync(join(stack.fake, 'fail'), '');
  const { code, out, err } = stack.run(['user', 'import', '-'], {
    input: 'ada\ncarol\nbob\ndan\n',
  });
  assert.is(code, 0, err);
  assert.match(err, 'These have an account already, and keep their passwords: ada carol');
  assert.match(out, /^bob,.*\ndan,.*\n$/);
  assert.is(stack.read(stack.account('ada')), 'her own password');
});

for (const [what, table, said] of [
  ['a name that cannot be one', 'ada\nb b\n$(id)\n', 'cannot be names of accounts: b b, $(id).'],
  ['a name that is there twice', 'ada\nbob\nADA\n', 'more than once: ada.'],
  ['no name at all', 'Name\n\n', 'There is no name in it.'],
] as const)
  test(`${what}: nothing is made`, ({ stack }) => {
    const { code, err } = stack.run(['user', 'import', '-'], { input: table });
    assert.is(code, 1);
    assert.ok(err.includes(said), err);
    assert.match(err, 'Nothing was changed.');
    assert.is(stack.calls(), '');
  });

test('calls that cannot be meant', ({ stack }) => {
  for (const words of [[], ['a', 'b'], ['a', '--to'], ['--from', 'a']])
    assert.is(stack.run(['user', 'import', ...words]).code, 2, words.join(' '));
  assert.match(stack.run(['user', 'import', 'nowhere.csv']).err, 'nowhere.csv cannot be read.');
});

test.run();
