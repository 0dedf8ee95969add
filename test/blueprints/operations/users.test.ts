import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { smallPlan } from './plan.ts';
import { FakeStack } from './stack.ts';

const test = suite<{ stack: FakeStack }>('user');
test.before.each((context) => {
  context.stack = new FakeStack();
});
test.after.each(({ stack }) => stack.remove());

test('what a terminal would obey is not said', ({ stack }) => {
  const evil = 'a\u001b[31m\u0007b\u009bc\u202ed\u2066\re\u007f';
  const { code, err } = stack.run(['restore', `-${evil}ü漢`]);
  assert.is(code, 2);
  assert.match(err, 'no option -a?[31m?b?c?d??e?ü漢.');
});

test('an account is made with exactly the password from stdin', ({ stack }) => {
  const password = '  it\'s "$HOME" `x` \\n ünï 100% ; #';
  const { code, err } = stack.run(['user', 'add', 'Ada.L-1'], { input: `${password}\n` });
  assert.is(code, 0, err);
  assert.is(stack.read(stack.account('ada.l-1')), password, 'names are lower case in XMPP');
});

test('the password is neither an argument of docker nor printed', ({ stack }) => {
  const { out, err } = stack.run(['user', 'add', 'ada'], { input: 'hunter2-secret' });
  assert.is(
    stack.read(stack.account('ada')),
    'hunter2-secret',
    'also without a newline at the end',
  );
  assert.not.match(out + err + stack.calls(), 'hunter2-secret');
});

test('list shows names only, one a line, and says so when there are none', ({ stack }) => {
  assert.match(stack.run(['user', 'list']).err, 'No accounts yet');
  for (const name of ['bob', 'ada']) stack.run(['user', 'add', name], { input: 'long enough\n' });
  const { code, out } = stack.run(['user', 'list']);
  assert.is(code, 0);
  assert.is(out, 'ada\nbob\n');
});

test('passwd changes an account, and only one that exists', ({ stack }) => {
  stack.run(['user', 'add', 'ada'], { input: 'the first one\n' });
  assert.is(stack.run(['user', 'passwd', 'ada'], { input: 'the second one\n' }).code, 0);
  assert.is(stack.read(stack.account('ada')), 'the second one');
  const missing = stack.run(['user', 'passwd', 'ad'], { input: 'the second one\n' });
  assert.is(missing.code, 1);
  assert.match(missing.err, 'There is no account ad.');
});

test('prosody without a shell to ask: accounts are read from its files', () => {
  const plan = smallPlan();
  const files = 'data/prosody/data/meet%2ejitsi/accounts';
  const stack = new FakeStack({
    ...plan,
    ...(plan.accounts && { accounts: { ...plan.accounts, files, asked: false } }),
  });
  assert.match(stack.run(['user', 'list']).err, 'No accounts yet');
  for (const name of ['bob', 'a%2eb%2dc%5fd']) stack.write(`${files}/${name}.dat`, '');
  const { code, out, err } = stack.run(['user', 'list']);
  assert.is(code, 0, err);
  assert.is(out, 'a.b-c_d\nbob\n');
  assert.match(
    stack.run(['user', 'add', 'bob'], { input: 'long enough\n' }).err,
    'has an account already',
  );
  stack.remove();
});

test('that a browser stays signed in is said, and on a terminal its end is offered', ({
  stack,
}) => {
  stack.run(['user', 'add', 'ada'], { input: 'a long password\n' });
  const changed = stack.run(['user', 'passwd', 'ada'], { input: 'another password\n' });
  assert.match(changed.err, 'docker compose restart jicofo');
  assert.not.match(stack.calls(), 'restart jicofo');
  const asked = stack.run(['user', 'del', 'ada'], { input: 'y\n', terminal: true });
  assert.match(asked.out, 'Restart it now?');
  assert.match(stack.calls(), 'compose restart jicofo');
});

test('add does not overwrite an account', ({ stack }) => {
  stack.run(['user', 'add', 'ada'], { input: 'the first one\n' });
  const { code, err } = stack.run(['user', 'add', 'ADA'], { input: 'the second one\n' });
  assert.is(code, 1);
  assert.match(err, './stack user passwd ada');
  assert.is(stack.read(stack.account('ada')), 'the first one');
});

test('del removes the account, and says when it did not', ({ stack }) => {
  for (const name of ['ada', 'bob']) stack.run(['user', 'add', name], { input: 'long enough\n' });
  assert.is(stack.run(['user', 'del', 'ada']).code, 0);
  assert.is(stack.run(['user', 'list']).out, 'bob\n');
  stack.fail('*deluser*');
  const { code, err } = stack.run(['user', 'del', 'bob']);
  assert.is(code, 1);
  assert.match(err, 'prosody did not delete the account bob.');
});

test('an account that prosody did not make is not reported as made', ({ stack }) => {
  stack.fail('*adduser*');
  const { code, err } = stack.run(['user', 'add', 'ada'], { input: 'long enough\n' });
  assert.is(code, 1);
  assert.match(err, 'prosody did not make the account ada.');
  assert.match(err, 'fake docker', 'with its own words');
});

test('a prosody that asks for ever is ended within a minute', ({ stack }) => {
  stack.run(['user', 'add', 'ada'], { input: 'long enough\n' });
  const calls = stack
    .calls()
    .split('\n')
    .filter((call) => call.includes('prosodyctl'));
  assert.ok(calls.length > 1);
  for (const call of calls) assert.match(call, /exec -T prosody timeout 60 prosodyctl/);
});

test('a prosody that does not answer is not taken for one without accounts', ({ stack }) => {
  stack.fail('*shell user list*');
  for (const args of [['list'], ['del', 'ada']]) {
    const { code, err } = stack.run(['user', ...args]);
    assert.is(code, 1);
    assert.match(err, 'prosody does not say which accounts there are');
  }
});

for (const name of [
  '--help',
  '-x',
  'a b',
  '$(touch x)',
  '../x',
  '.x',
  'a@b',
  'a/b',
  'ä',
  '*',
  '',
  'a\nb',
  'x'.repeat(65),
]) {
  test(`the name ${JSON.stringify(name)} is refused before Docker hears of it`, ({ stack }) => {
    for (const action of ['add', 'passwd', 'del']) {
      const { code, err } = stack.run(['user', action, name], { input: 'long enough\n' });
      assert.is(code, 2, err);
      assert.is(stack.calls(), '');
    }
  });
}

test('empty passwords and control characters are refused', ({ stack }) => {
  for (const input of ['', '\n', 'a\tb\n', 'a\u001bb\n']) {
    const { code, err } = stack.run(['user', 'add', 'ada'], { input });
    assert.is(code, 1);
    assert.match(err, 'Nothing was changed');
  }
  assert.not.match(stack.calls(), 'adduser');
});

test('a password has ten characters at least, whatever they are made of', ({ stack }) => {
  for (const [input, code] of [
    ['short one', 1],
    ['ünïcödéß9', 1],
    ['ünïcödéß90', 0],
    ['漢字漢字漢字漢字漢', 1],
    ['漢字漢字漢字漢字漢字', 0],
  ] as const) {
    const one = stack.run(['user', 'add', `u${stack.list('.').length}${input.length}${code}`], {
      input: `${input}\n`,
    });
    assert.is(one.code, code, `${input}: ${one.err}`);
    if (code) assert.match(one.err, 'has to have 10 characters at least');
  }
});

test('a password can be made, and is shown once, alone on stdout', ({ stack }) => {
  const seen = new Set<string>();
  for (const [place, args] of [
    ['ada', ['add', '--generate', 'ada']],
    ['bob', ['add', 'bob', '--generate']],
    ['bob', ['passwd', 'bob', '--generate']],
  ] as const) {
    const { code, out, err } = stack.run(['user', ...args]);
    assert.is(code, 0, err);
    assert.match(out, /^[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){3}\n$/);
    assert.is(stack.read(stack.account(place)), out.trim());
    assert.not.match(err + stack.calls(), out.trim());
    seen.add(out);
  }
  assert.is(seen.size, 3);
  for (const args of [['--generate'], ['a', 'b', '--generate'], ['--generate', 'a', '--generate']])
    assert.is(stack.run(['user', 'add', ...args]).code, 2);
});

test('at a terminal, Enter has one made; two different ones are none', ({ stack }) => {
  const typed = (keys: string) =>
    stack.run(['user', 'add', 'ada'], { input: keys, terminal: true });
  assert.match(typed('something long\nsomething else\n').out, 'two different passwords');
  assert.match(typed('\n').out, /ada can log in[\s\S]*[a-z2-9]{4}(-[a-z2-9]{4}){3}/);
});

test('a locked account is there, is said to be locked, and comes back', ({ stack }) => {
  for (const name of ['ada', 'bob']) stack.run(['user', 'add', name], { input: 'long enough\n' });
  const locked = stack.run(['user', 'lock', 'ada']);
  assert.is(locked.code, 0, locked.err);
  assert.match(locked.err, 'docker compose restart jicofo');
  const { out, err } = stack.run(['user', 'list']);
  assert.is(out, 'ada\nbob\n');
  assert.match(err, 'Locked: ada');
  assert.is(stack.run(['user', 'unlock', 'ada']).code, 0);
  assert.not.match(stack.run(['user', 'list']).err, 'Locked');
  for (const action of ['lock', 'unlock'])
    assert.match(stack.run(['user', action, 'eve']).err, 'There is no account eve.');
  stack.fail('*shell user disable*');
  assert.match(stack.run(['user', 'lock', 'ada']).err, 'prosody did not lock the account ada.');
});

const folder = 'data/prosody/data/meet.jitsi/accounts';
const stackWith = (accounts: object) => {
  const plan = smallPlan();
  return new FakeStack({
    ...plan,
    ...(plan.accounts && { accounts: { ...plan.accounts, files: folder, ...accounts } }),
  });
};

test('a release without a shell locks by the file of the account', () => {
  const stack = stackWith({ asked: false });
  const run = (...words: string[]) => stack.run(['user', ...words], { input: 'long enough\n' });
  const ok = (...words: string[]) => {
    const { code, out, err } = run(...words);
    assert.is(code, 0, err);
    return `${out} ${err}`;
  };
  const files = () => readdirSync(join(stack.path, folder)).sort();
  for (const name of ['ada', 'bob']) ok('add', name);
  // As prosody spells it.
  stack.write(`${folder}/c%2ed%2de%5ff.dat`, 'x');
  for (const again of [1, 2]) assert.match(ok('lock', 'ada'), 'restart jicofo', `${again}`);
  ok('lock', 'c.d-e_f');
  assert.match(ok('list'), /^ada\nbob\nc\.d-e_f\n [\s\S]*Locked: ada c\.d-e_f/);
  assert.equal(files(), ['ada.locked', 'bob.dat', 'c%2ed%2de%5ff.locked']);
  assert.match(run('add', 'ada').err, 'has an account already');
  assert.match(run('passwd', 'ada').err, 'ada is locked. First: ./stack user unlock ada');
  for (const again of [1, 2]) assert.match(ok('unlock', 'ada'), 'can sign in', `${again}`);
  assert.equal(files(), ['ada.dat', 'bob.dat', 'c%2ed%2de%5ff.locked']);
  assert.is(stack.read(stack.account('ada')), 'long enough');
  ok('lock', 'bob');
  ok('del', 'bob');
  assert.equal(files(), ['ada.dat', 'c%2ed%2de%5ff.locked']);
  for (const action of ['lock', 'unlock'])
    assert.match(run(action, 'eve').err, 'There is no account eve.');
  ok('unlock');
  stack.remove();
});

test('what an older release has locked, a newer one says and unlocks', () => {
  const stack = stackWith({});
  stack.write(`${folder}/ada.locked`, 'x');
  assert.match(stack.run(['user', 'list']).err, 'Locked: ada');
  assert.is(stack.run(['user', 'unlock', 'ada']).code, 0);
  assert.is(stack.run(['user', 'list']).out, 'ada\n');
  stack.remove();
});

test('unlock has prosody read its configuration anew, whatever people sign in with', ({
  stack,
}) => {
  const { code, err } = stack.run(['user', 'unlock']);
  assert.is(code, 0, err);
  assert.match(err, 'Nobody has to wait');
  assert.match(stack.calls(), 'prosodyctl --config /run/prosody/config/prosody.cfg.lua reload');
  const open = new FakeStack(smallPlan({ auth: 'open' }));
  assert.is(open.run(['user', 'unlock']).code, 0);
  open.remove();
  stack.fail('*reload*');
  assert.match(stack.run(['user', 'unlock']).err, 'did not read its configuration');
});

test('without accounts of its own the stack says how to get some', () => {
  const stack = new FakeStack(smallPlan({ auth: 'open' }));
  const { code, err } = stack.run(['user', 'list']);
  assert.is(code, 2);
  assert.match(err, 'authentication: open');
  assert.match(err, 'npx create-jitsi-stack@latest --auth internal');
  stack.remove();
});

test('a stack that is down is named as the reason', ({ stack }) => {
  stack.containers(['prosody'], 'exited|-');
  const { code, err } = stack.run(['user', 'list']);
  assert.is(code, 1);
  assert.match(err, './stack up');
});

test.run();
