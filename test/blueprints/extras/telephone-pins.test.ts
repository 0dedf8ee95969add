import { createHmac } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as xmpp from '../../lab/probes/xmpp.ts';
import { renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';
import { type Prosody, startProsody } from '../../prosody/server.ts';

const test = suite('telephone: PINs, in a real prosody');
const real = await needs(test, 'prosody', 'lua5.4', 'root');
const password = '0123456789abcdef0123456789abcdef';
const exchange = `Basic ${Buffer.from(`pbx:${password}`).toString('base64')}`;

const stackWith = (guests: 'none' | 'wait') =>
  renderedOf({
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses: ['198.51.100.7'] },
    certificates: { source: 'self-signed' },
    auth: { mode: 'internal', guests },
    extras: ['telephone'],
    telephone: { account: 'meet@pbx.example.org', numbers: 'DE +49 30 123456' },
  });

const addressOf = ({ url }: Prosody, path: string) =>
  `${url.replace('ws://', 'http://').replace('/xmpp-websocket', '')}/telephone/${path}`;

interface Told {
  readonly conference: string | false;
  readonly id?: number;
}

/** What the page is told of a room, asked from an address as web passes it on. */
async function pin(server: Prosody, conference: string, from = '198.51.100.20'): Promise<Told> {
  const headers = { host: 'meet.jitsi', 'x-forwarded-for': from };
  const url = `${addressOf(server, 'pin')}?conference=${conference}&url=https://meet.example.org/x`;
  const answer = await fetch(url, { headers });
  assert.is(answer.headers.get('cache-control'), 'no-store');
  return (await answer.json()) as Told;
}

/** What an exchange is told of a PIN. */
async function room(server: Prosody, asked: string, authorization = exchange): Promise<string> {
  const headers = { host: 'meet.jitsi', authorization };
  const url = addressOf(server, 'room');
  const answer = await fetch(url, { method: 'POST', headers, body: `pin=${asked}` });
  return `${answer.status} ${(await answer.text()).trim()}`;
}

/** Opens a room, as the focus does, and stays in it. */
async function open(server: Prosody, name: string): Promise<void> {
  await xmpp.login('focus', {
    ...{ url: server.url, domain: 'auth.meet.jitsi', username: 'focus', password },
  });
  await xmpp.join('focus', `${name}@muc.meet.jitsi`, 'focus');
}

async function started(guests: 'none' | 'wait'): Promise<Prosody> {
  const server = await startProsody(await stackWith(guests));
  await server.accounts(['focus'], password, 'auth.meet.jitsi');
  await server.accounts(['ada'], password);
  return server;
}

let prosody: Prosody;
real.before(async () => {
  prosody = await started('wait');
});
real.after(() => prosody.stop());

real('the page is told a PIN of ten digits, for each spelling of a room the same', async () => {
  const told = await pin(prosody, 'weekly@muc.meet.jitsi');
  assert.is(told.conference, 'weekly@muc.meet.jitsi');
  assert.match(String(told.id), /^[1-9]\d{9}$/);
  for (const same of ['Weekly', '%77eekly'])
    assert.is((await pin(prosody, `${same}@muc.meet.jitsi`)).id, told.id, same);
  const umlaut = await pin(prosody, 'b%C3%BCro@muc.meet.jitsi');
  assert.is(umlaut.conference, 'b%c3%bcro@muc.meet.jitsi');
  assert.is((await pin(prosody, 'b%25c3%25bcro@muc.meet.jitsi')).id, umlaut.id);
  assert.is.not((await pin(prosody, 'weekly2@muc.meet.jitsi')).id, told.id);
});

real('it follows from a secret that prosody keeps', async () => {
  const kept = prosody.data('meet%2ejitsi/telephone_pins/secret.dat');
  const secret = Buffer.from(/\["hex"\] = "([0-9a-f]{64})"/.exec(kept)?.[1] ?? '', 'hex');
  const digest = createHmac('sha256', secret).update('weekly').digest('hex').slice(0, 13);
  const wanted = 1e9 + (Number.parseInt(digest, 16) % 9e9);
  assert.is((await pin(prosody, 'weekly@muc.meet.jitsi')).id, wanted);
});

real('what is no room of people has none', async () => {
  for (const other of [
    '',
    'weekly',
    'weekly@internal-muc.meet.jitsi',
    'weekly@meet.jitsi',
    '@muc.meet.jitsi',
    `${'a'.repeat(300)}@muc.meet.jitsi`,
    'a%00b@muc.meet.jitsi',
  ])
    assert.is((await pin(prosody, other)).conference, false, other);
  const bare = await fetch(addressOf(prosody, 'pin'), { headers: { host: 'meet.jitsi' } });
  assert.is(bare.status, 200, 'what the doctor asks');
});

real('an exchange is told the room of a PIN while it is open, and nobody else', async () => {
  const { id = 0 } = await pin(prosody, 'b%c3%bcro@muc.meet.jitsi');
  assert.match(await room(prosody, String(id)), /^404 /);
  await open(prosody, 'b%c3%bcro');
  assert.is(await room(prosody, String(id)), '200 b%c3%bcro');
  const wrong = `Basic ${Buffer.from('pbx:guess').toString('base64')}`;
  for (const other of ['', 'Basic ', wrong])
    assert.match(await room(prosody, String(id), other), /^401 /);
  for (const other of [`${id}0`, '', 'x', `${id}&pin=1`, '1 or 1'])
    assert.match(await room(prosody, other), /^404 /, other);
  await xmpp.leave('focus');
  assert.match(await room(prosody, String(id)), /^404 /);
});

real('a room whose name an exchange could take for something else has no PIN there', async () => {
  const { id } = await pin(prosody, 'a$b@muc.meet.jitsi');
  await open(prosody, 'a$b');
  assert.match(await room(prosody, String(id)), /^404 /);
  await xmpp.leave('focus');
});

real('PINs cannot be tried one after the other', async () => {
  const seen = new Set<string>();
  for (let tries = 0; tries < 60; tries += 1)
    seen.add((await room(prosody, String(1e9 + tries))).slice(0, 3));
  assert.ok(seen.has('429'), `answers to wrong PINs: ${[...seen]}`);
});

real('where nobody comes in without an account, only who is inside sees the PIN', async () => {
  const closed = await started('none');
  try {
    const [inside, outside] = ['198.51.100.21', '198.51.100.22'];
    assert.is((await pin(closed, 'weekly@muc.meet.jitsi', inside)).conference, false);
    await open(closed, 'weekly');
    const { url } = closed;
    await xmpp.login('ada', {
      ...{ url, domain: 'meet.jitsi', username: 'ada', password },
      headers: { 'X-Forwarded-For': inside },
    });
    await xmpp.join('ada', 'weekly@muc.meet.jitsi', 'ada');
    const { id = 0 } = await pin(closed, 'weekly@muc.meet.jitsi', inside);
    assert.is(await room(closed, String(id)), '200 weekly');
    assert.is((await pin(closed, 'weekly@muc.meet.jitsi', outside)).conference, false);
    assert.is((await pin(closed, 'other@muc.meet.jitsi', inside)).conference, false);
    await xmpp.leave('ada');
    assert.is((await pin(closed, 'weekly@muc.meet.jitsi', inside)).conference, false);
  } finally {
    await xmpp.leave('focus');
    await closed.stop();
  }
});

real('without its password no exchange is told anything', async () => {
  const bare = await startProsody(await stackWith('wait'), { TELEPHONE_PBX_PASSWORD: undefined });
  try {
    const nothing = `Basic ${Buffer.from('pbx:').toString('base64')}`;
    for (const authorization of [nothing, exchange])
      assert.match(await room(bare, '1234567890', authorization), /^401 /);
    assert.match(bare.log(), 'TELEPHONE_PBX_PASSWORD is missing');
  } finally {
    await bare.stop();
  }
});

real.run();
