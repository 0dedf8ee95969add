import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as xmpp from '../../lab/probes/xmpp.ts';
import { needs } from '../../programs/needs.ts';
import { type Prosody, startProsody } from '../../prosody/server.ts';
import type { Service } from './service.ts';
import { makeWorld, signsIn, stackOf, type World } from './world.ts';

/** Jitsi’s own modules are stand-ins here, which keep the rules that the real ones were seen to keep. */
const test = suite('auth-oidc: who has signed in, in a real prosody');
const real = await needs(test, 'prosody', 'lua5.4', 'root');
const auth = { guests: 'wait', moderators: 'token', moderatorGroups: 'hosts' };
let world: World;
let service: Service;
let prosody: Prosody;

real.before(async () => {
  world = await makeWorld(auth);
  service = await world.service();
  prosody = await startProsody(await stackOf(auth));
  await prosody.accounts(['focus'], password, 'auth.meet.jitsi');
});
real.after(async () => {
  await prosody.stop();
  await world.stop();
});

const password = '0123456789abcdef0123456789abcdef';
const joins = (who: string, room: string) => xmpp.join(who, `${room}@muc.meet.jitsi`, who);

async function comes(who: string, token: string) {
  return xmpp.login(who, { url: `${prosody.url}?token=${token}`, domain: 'meet.jitsi' }).then(
    () => 'in',
    (error: { condition?: string }) => error.condition ?? String(error),
  );
}

async function tokenFor(room: string, groups: readonly string[]): Promise<string> {
  world.provider.who = { sub: 'ada', claims: { name: 'Ada', groups } };
  const page = await signsIn(world.browser(service), room);
  return new URL(page.url).searchParams.get('jwt') ?? '';
}

async function withFocus(room: string, work: () => Promise<void>): Promise<void> {
  const account = { username: 'focus', password };
  await xmpp.login('focus', { url: prosody.url, domain: 'auth.meet.jitsi', ...account });
  await xmpp.join('focus', `${room}@muc.meet.jitsi`, 'focus');
  try {
    await work();
  } finally {
    await xmpp.leave('focus');
  }
}

real('the token lets in, into its room and no other', async () => {
  await withFocus('caf%c3%a9', async () => {
    assert.is(await comes('ada', await tokenFor('Café', [])), 'in');
    assert.equal(await joins('ada', 'caf%c3%a9'), ['ada', 'focus']);
    await xmpp.leave('ada');
  });
  await withFocus('two', async () => {
    assert.is(await comes('ada', await tokenFor('one', [])), 'in');
    assert.is(await joins('ada', 'two'), 'not-allowed');
    await xmpp.leave('ada');
  });
});

real('a guest waits until somebody who has signed in is there', () =>
  withFocus('one', async () => {
    const guest = { url: prosody.url, domain: 'guest.meet.jitsi' };
    await xmpp.login('guest', guest);
    assert.is(await joins('guest', 'one'), 'registration-required');
    assert.is(await comes('ada', await tokenFor('one', ['hosts'])), 'in');
    assert.equal(await joins('ada', 'one'), ['ada', 'focus']);
    assert.equal(await joins('guest', 'one'), ['ada', 'focus', 'guest']);
    for (const one of ['guest', 'ada']) await xmpp.leave(one);
  }),
);

real('a token of another stack’s secret stays outside', async () => {
  const other = await world.service({ JWT_APP_SECRET: 'f'.repeat(32) });
  world.provider.who = { sub: 'ada', claims: {} };
  const page = await signsIn(world.browser(other), 'one');
  const token = new URL(page.url).searchParams.get('jwt') ?? '';
  assert.match(await comes('eve', token), /^not-(allowed|authorized)$/);
});

real.run();
