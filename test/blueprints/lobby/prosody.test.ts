import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as xmpp from '../../lab/probes/xmpp.ts';
import { renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';
import { type Prosody, startProsody } from '../../prosody/server.ts';

const test = suite('lobby: guests knock, in a real prosody');
const real = await needs(test, 'prosody', 'lua5.4', 'root');
const stack = await renderedOf({
  domain: 'meet.example.org',
  network: { exposure: 'public', publicAddresses: ['198.51.100.7'] },
  certificates: { source: 'self-signed' },
  auth: { mode: 'internal', guests: 'knock' },
});
const password = 'the right one';
let prosody: Prosody;
real.before(async () => {
  prosody = await startProsody(stack);
  await prosody.accounts(['ada'], password);
  await prosody.accounts(['focus'], password, 'auth.meet.jitsi');
});
real.after(() => prosody.stop());

const accounts: Readonly<Record<string, { domain: string; username?: string }>> = {
  focus: { domain: 'auth.meet.jitsi', username: 'focus' },
  ada: { domain: 'meet.jitsi', username: 'ada' },
  guest: { domain: 'guest.meet.jitsi' },
};

/** Logs in, enters, and leaves again, but for the focus, which stays: who was inside, or the condition of the refusal. */
async function enters(who: string, room: string, server = prosody): Promise<string[] | string> {
  const account = { url: server.url, domain: '', ...accounts[who], password };
  await xmpp.login(who, account);
  const answer = await xmpp.join(who, `${room}@muc.meet.jitsi`, who);
  if (who !== 'focus') await xmpp.leave(who);
  return answer;
}

real('a guest waits, and an account walks in, the second time too', async () => {
  assert.equal(await enters('focus', 'one'), ['focus']);
  assert.is(await enters('guest', 'one'), 'registration-required');
  assert.equal(await enters('ada', 'one'), ['ada', 'focus']);
  assert.equal(await enters('ada', 'one'), ['ada', 'focus']);
  assert.is(await enters('guest', 'one'), 'registration-required');
  await xmpp.leave('focus');
});

real('without the module the account waits in front of its own lobby', async () => {
  const bare = await startProsody(stack, { XMPP_MUC_MODULES: 'lobby_autostart' });
  try {
    await bare.accounts(['ada'], password);
    await bare.accounts(['focus'], password, 'auth.meet.jitsi');
    await enters('focus', 'two', bare);
    assert.is(await enters('ada', 'two', bare), 'registration-required');
  } finally {
    await xmpp.leave('focus');
    await bare.stop();
  }
});

real.run();
