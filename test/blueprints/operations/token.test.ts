import { createHmac } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { quoteValue } from '../../../src/env-file.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { needs } from '../../programs/needs.ts';
import { smallPlan } from './plan.ts';
import { FakeStack } from './stack.ts';

const test = suite<{ stack: FakeStack }>('token');
const key = `it's 32 characters, and "more" $ok`;

function signing(moderators: 'token' | 'signed-in'): Plan {
  const plan = smallPlan({ auth: 'jwt' });
  const names = { JWT_APP_ID: 'meet.example.org', JWT_ACCEPTED_AUDIENCES: 'jitsi' };
  return {
    ...plan,
    access: { signIn: 'token', guests: 'none', moderators, sentences: ['', '', ''] },
    secrets: plan.secrets.map(({ name, about }) => ({ name, about })),
    services: plan.services.map((one) =>
      one.name === 'prosody' ? { ...one, environment: { ...one.environment, ...names } } : one,
    ),
  };
}
test.before.each((context) => {
  context.stack = new FakeStack(signing('token'));
  const env = context.stack.read('.env').replace(/^JWT_APP_SECRET=.*$/m, `JWT_APP_SECRET='${key}'`);
  context.stack.write('.env', env, 0o600);
});
test.after.each(({ stack }) => stack.remove());
const real = await needs(test, 'host:openssl');

const part = (text = '') => JSON.parse(Buffer.from(text, 'base64url').toString());

real('signs a link for one room that runs out, without showing the secret', ({ stack }) => {
  const now = Math.floor(Date.now() / 1000);
  const { code, out, err } = stack.run([
    ...['token', 'Staff.Meeting-1', '--moderator', '--hours', '2', '--for', 'Ada "ü" \\'],
  ]);
  assert.is(code, 0, err);
  const [, token = ''] =
    /^https:\/\/meet\.example\.org\/staff\.meeting-1\?jwt=(\S+)\n$/.exec(out) ?? [];
  const [head, body, signature] = token.split('.');
  assert.equal(part(head), { alg: 'HS256', typ: 'JWT' });
  const { exp, ...claims } = part(body);
  assert.equal(claims, {
    iss: 'meet.example.org',
    aud: 'jitsi',
    sub: '*',
    room: 'staff.meeting-1',
    context: { user: { name: 'Ada "ü" \\', moderator: true } },
  });
  assert.ok(exp >= now + 7200 && exp < now + 7300);
  assert.is(signature, createHmac('sha256', key).update(`${head}.${body}`).digest('base64url'));
  assert.not.match(err + stack.calls(), '32 characters');
});

real('the secret is what Compose reads, however it is quoted', ({ stack }) => {
  const odd = `32 characters: "a" \\ $b 'c' and so on`;
  const env = stack.read('.env').replace(/^JWT_APP_SECRET=.*\n/m, '');
  stack.write('.env', `${env}JWT_APP_SECRET=${quoteValue(odd)}\n`, 0o600);
  const [head, body, signature] =
    stack.run(['token', 'room']).out.trim().split('jwt=')[1]?.split('.') ?? [];
  assert.is(signature, createHmac('sha256', odd).update(`${head}.${body}`).digest('base64url'));
});

real('one day and no moderator, unless told otherwise', ({ stack }) => {
  const claims = part(stack.run(['token', 'room']).out.split('.').at(-2));
  assert.is(claims.context.user.moderator, false);
  assert.ok(Math.abs(claims.exp - Date.now() / 1000 - 86_400) < 100);
});

for (const words of [
  [],
  ['*'],
  ['a b'],
  ['a', 'b'],
  ['a', '--hours', '0'],
  ['a', '--hours', '99999'],
  ['a', '--hours'],
  ['a', '--for', 'x\ny'],
  ['a', '--all'],
])
  test(`${JSON.stringify(words)} is refused`, ({ stack }) => {
    assert.is(stack.run(['token', ...words]).code, 2);
    assert.is(stack.calls(), '');
  });

real('a secret that can be guessed signs nothing', ({ stack }) => {
  stack.write('.env', stack.read('.env').replace(key, 'short'), 0o600);
  assert.match(stack.run(['token', 'room']).err, 'fewer than 32 characters');
});

real('where the token does not say who moderates, that is said', ({ stack }) => {
  stack.update(signing('signed-in'));
  assert.match(stack.run(['token', 'room', '--moderator']).err, '--moderator changes nothing');
});

test('a stack without tokens says how to have them', () => {
  const stack = new FakeStack(smallPlan());
  assert.match(stack.run(['token', 'room']).err, 'create-jitsi-stack@latest --auth jwt');
  stack.remove();
});

test.run();
