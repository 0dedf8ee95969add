import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as xmpp from '../../lab/probes/xmpp.ts';
import { renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';
import { type Prosody, startProsody } from '../../prosody/server.ts';
import { secret, sign } from './token.ts';

/** Jitsi’s own modules are stand-ins here, which keep the rules that the real ones were seen to keep. */
const test = suite('auth-jwt: tokens, in a real prosody with stand-ins for Jitsi’s modules');
const real = await needs(test, 'prosody', 'lua5.4', 'root');
const stackOf = (guests: string) =>
  renderedOf({
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses: ['198.51.100.7'] },
    certificates: { source: 'self-signed' },
    auth: { mode: 'jwt', guests, moderators: 'token' },
  });
const later = Math.floor(Date.now() / 1000) + 3600;
const claims = { iss: 'meet.example.org', aud: 'jitsi', sub: '*', room: 'one', exp: later };

let prosody: Prosody;
real.before(async () => {
  prosody = await startProsody(await stackOf('wait'));
  await prosody.accounts(['focus'], secret, 'auth.meet.jitsi');
});
real.after(() => prosody.stop());

const host = 'meet.jitsi';
const guests = 'guest.meet.jitsi';

/** Logs in with a token: the address, or why not. */
async function comes(who: string, domain: string, token?: string, server = prosody) {
  const url = token === undefined ? server.url : `${server.url}?token=${token}`;
  return xmpp.login(who, { url, domain }).then(
    () => 'in',
    (error: { condition?: string }) => error.condition ?? String(error),
  );
}

async function withFocus<T>(room: string, work: () => Promise<T>, server = prosody): Promise<T> {
  const account = { username: 'focus', password: secret };
  await xmpp.login('focus', { url: server.url, domain: 'auth.meet.jitsi', ...account });
  await xmpp.join('focus', `${room}@muc.meet.jitsi`, 'focus');
  try {
    return await work();
  } finally {
    await xmpp.leave('focus');
  }
}

const joins = (who: string, room = 'one') => xmpp.join(who, `${room}@muc.meet.jitsi`, who);

real('a token with everything right comes in, and every mistake closes', async () => {
  assert.is(await comes('ada', host, sign(claims)), 'in');
  await xmpp.leave('ada');
  const { exp: _, ...forEver } = claims;
  for (const [what, token] of Object.entries({
    none: undefined,
    'another secret': sign(claims, 'f'.repeat(32)),
    'another issuer': sign({ ...claims, iss: 'example' }),
    'another audience': sign({ ...claims, aud: 'account' }),
    'a list of audiences': sign({ ...claims, aud: ['jitsi'] }),
    'run out': sign({ ...claims, exp: later - 7200 }),
    'no room': sign({ ...claims, room: undefined }),
    'without an end': sign(forEver),
  }))
    assert.match(await comes('eve', host, token), /^not-(allowed|authorized)$/, what);
});

real('a token opens its room and no other', () =>
  withFocus('two', async () => {
    assert.is(await comes('ada', host, sign(claims)), 'in');
    assert.is(await joins('ada', 'two'), 'not-allowed');
    await xmpp.leave('ada');
  }),
);

real('guests wait for a token, and an invented one is none', () =>
  withFocus('one', async () => {
    assert.is(await comes('guest', guests), 'in');
    assert.is(await joins('guest'), 'registration-required');
    assert.is(await comes('eve', guests, 'anything'), 'in');
    assert.is(await joins('eve'), 'registration-required');
    assert.is(await comes('ada', host, sign(claims)), 'in');
    assert.equal(await joins('ada'), ['ada', 'focus']);
    assert.equal(await joins('guest'), ['ada', 'focus', 'guest']);
    for (const one of ['guest', 'eve', 'ada']) await xmpp.leave(one);
  }),
);

real('without the module the invented token makes the guest the host', async () => {
  const bare = await startProsody(await stackOf('wait'), { GLOBAL_MODULES: undefined });
  try {
    await bare.accounts(['focus'], secret, 'auth.meet.jitsi');
    await withFocus(
      'one',
      async () => {
        assert.is(await comes('eve', guests, 'anything', bare), 'in');
        assert.equal(await joins('eve'), ['eve', 'focus']);
        await xmpp.leave('eve');
      },
      bare,
    );
  } finally {
    await bare.stop();
  }
});

real.run();
