import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Plan } from '../../../src/plan/plan.ts';
import { smallPlan } from './plan.ts';
import { FakeStack, secretsFile } from './stack.ts';

const test = suite<{ stack: FakeStack }>('rotate');
const auth = 'auth.meet.jitsi';

test.before.each((context) => {
  const stack = new FakeStack();
  stack.write(stack.account('focus', auth), 'old-jicofo');
  stack.write(stack.account('jvb', auth), 'old-jvb');
  context.stack = stack;
});
test.after.each(({ stack }) => stack.remove());

test('prosody and .env have the same new passwords; everything else in .env stays', ({ stack }) => {
  const { code, err } = stack.run(['rotate', '--yes']);
  assert.is(code, 0, err);
  const pattern =
    /^# mine: stays\nJICOFO_AUTH_PASSWORD=([0-9a-f]{32})\nexport JVB_AUTH_PASSWORD=([0-9a-f]{32})\nMY_OWN='untouched {2}value'\n\nTURN_CREDENTIALS=([0-9a-f]{32})\nJWT_APP_SECRET=not-ours-to-change\n$/;
  const [, jicofo, jvb, turn] = stack.read('.env').match(pattern) ?? [];
  assert.ok(jicofo && jvb && turn, stack.read('.env'));
  assert.is(new Set([jicofo, jvb, turn]).size, 3);
  assert.is(stack.read(stack.account('focus', auth)), jicofo);
  assert.is(stack.read(stack.account('jvb', auth)), jvb);
  assert.is(statSync(join(stack.path, '.env')).mode & 0o777, 0o600);
  for (const secret of [jicofo, jvb, turn]) assert.not.match(stack.calls() + err, secret);
});

test('exactly the services that use them are started anew', ({ stack }) => {
  stack.run(['rotate', '--yes']);
  assert.match(stack.calls(), 'compose up --detach prosody jicofo jvb coturn\n');
});

test('when prosody refuses one, all is as before', ({ stack }) => {
  stack.fail('*passwd jvb@*');
  const { code, err } = stack.run(['rotate', '--yes']);
  assert.is(code, 1);
  assert.match(err, 'did not take the new password of jvb@auth.meet.jitsi');
  assert.is(stack.read('.env'), secretsFile);
  assert.is(stack.read(stack.account('focus', auth)), 'old-jicofo');
  assert.is(stack.read(stack.account('jvb', auth)), 'old-jvb');
  assert.not.match(stack.calls(), 'compose up');
});

test('after a kill between prosody and .env, the next up sets the passwords back', ({ stack }) => {
  stack.write('.env.rotated', 'JICOFO_AUTH_PASSWORD=new\n', 0o600);
  stack.write(stack.account('focus', auth), 'new');
  const { code, err } = stack.run(['up']);
  assert.is(code, 0, err);
  assert.match(err, 'cut short');
  assert.is(stack.read(stack.account('focus', auth)), 'old-jicofo');
  assert.is(stack.read(stack.account('jvb', auth)), 'old-jvb', 'without the quotes of .env');
  assert.not.ok(existsSync(join(stack.path, '.env.rotated')));
});

test('a service that does not come up again is named; the passwords stay in step', ({ stack }) => {
  stack.write(
    '../fake/containers',
    'prosody|running|healthy|2100-01-01T00:00:00Z|0\njvb|running|unhealthy|2100-01-01T00:00:00Z|0\n',
  );
  const { code, err } = stack.run(['rotate', '--yes']);
  assert.is(code, 1);
  assert.match(err, 'jvb is unhealthy');
  assert.match(stack.read('.env'), `=${stack.read(stack.account('focus', auth))}\n`);
});

test('nobody is asked without a terminal, and nothing happens', ({ stack }) => {
  const { code, err } = stack.run(['rotate'], { input: 'y\n' });
  assert.is(code, 2);
  assert.match(err, '--yes');
  assert.is(stack.read('.env'), secretsFile);
});

const ends = 'Links from before open nothing any more.';
const withTokens = (): Plan => {
  const plan = smallPlan({ auth: 'jwt' });
  const secrets = plan.secrets.map(({ name, about }) =>
    name === 'JWT_APP_SECRET' ? { name, about, ends } : { name, about },
  );
  return { ...plan, secrets };
};

test('a secret that other programs know is renewed by its name, alone, and what ends is said', ({
  stack,
}) => {
  stack.update(withTokens());
  const { code, err } = stack.run(['rotate', '--yes', 'JWT_APP_SECRET']);
  assert.is(code, 0, err);
  const others = secretsFile.replace(/JWT_APP_SECRET=.*\n/, '');
  assert.ok(stack.read('.env').startsWith(others), stack.read('.env'));
  const [, fresh = ''] = /\nJWT_APP_SECRET=([0-9a-f]{32})\n$/.exec(stack.read('.env')) ?? [];
  assert.is(fresh.length, 32);
  assert.match(err, ends);
  assert.not.match(stack.calls() + err, fresh);
  assert.match(stack.calls(), 'compose up --detach prosody\n');
  assert.is(stack.read(stack.account('focus', auth)), 'old-jicofo');
});

test('what ends is said before the question, and no is no', ({ stack }) => {
  stack.update(withTokens());
  const { out } = stack.run(['rotate', 'JWT_APP_SECRET'], { input: 'n\n', terminal: true });
  assert.match(out, `${ends} Go on?`);
  assert.is(stack.read('.env'), secretsFile);
});

test('one that is made elsewhere, one that is an account’s, and one that there is not are refused', ({
  stack,
}) => {
  const elsewhere = stack.run(['rotate', 'JWT_APP_SECRET', '--yes']);
  assert.match(elsewhere.err, './stack secret JWT_APP_SECRET asks for its new value');
  stack.update(withTokens());
  for (const words of [['JVB_AUTH_PASSWORD'], ['NONE'], ['JWT_APP_SECRET', 'JWT_APP_SECRET']]) {
    const { code, err } = stack.run(['rotate', '--yes', ...words]);
    assert.is(code, 2, words.join(' '));
    assert.match(err, 'in this stack: JWT_APP_SECRET');
  }
  assert.is(stack.read('.env'), secretsFile);
});

test('without prosody there is nobody to learn them', ({ stack }) => {
  stack.containers(['prosody'], 'exited|-');
  assert.is(stack.run(['rotate', '--yes']).code, 1);
  assert.is(stack.read('.env'), secretsFile);
});

test.run();
