import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { planOf } from '../matrix/stack.ts';

const meeting = suite('the first meeting');

type More = Parameters<typeof planOf>[0];

const site = {
  domain: 'meet.example.org',
  network: { exposure: 'public', publicAddresses: ['203.0.113.7'] },
  certificates: { source: 'own' },
  auth: { mode: 'internal', guests: 'wait' },
};

/** The last step for these answers. */
async function last(more: More): Promise<string> {
  const { steps } = await planOf({ ...site, ...more });
  const step = steps.at(-1);
  assert.is(step?.title, 'Hold your first meeting');
  assert.is(steps.filter(({ phase }) => phase === 'meeting').length, 1);
  return step?.detail ?? '';
}

meeting('says how to open a room, by who may', async () => {
  const accounts = await last({ auth: { mode: 'internal', guests: 'wait' } });
  assert.match(accounts, /^Open https:\/\/.*“I am the host”.*name alone.*wait until you are there/);
  const open = await last({ auth: { mode: 'open', strangers: true, moderators: 'first' } });
  assert.not.match(open, /host|sign in|account/);
  const token = await last({ auth: { mode: 'jwt', guests: 'none', moderators: 'token' } });
  assert.match(token, /^Open a link that carries a token.*they have to sign in too/);
});

meeting('says how the others come in', async () => {
  assert.match(await last({ auth: { mode: 'internal', guests: 'none' } }), 'have to sign in too');
  assert.match(
    await last({ auth: { mode: 'internal', guests: 'knock' } }),
    'until you let them in',
  );
});

meeting('warns of a self-signed certificate, which the phone app refuses', async () => {
  const own = await last({ certificates: { source: 'own' } });
  assert.match(own, /the app Jitsi Meet with https:\/\/\S+ as the server/);
  assert.not.match(own, 'self-signed');
  const selfSigned = await last({ certificates: { source: 'self-signed' } });
  assert.match(selfSigned, 'warns about the self-signed certificate');
  assert.not.match(selfSigned, 'as the server');
});

meeting.run();
