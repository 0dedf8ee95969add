import { client, xml } from '@xmpp/client';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { WebSocket } from 'ws';
import { renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';
import { type Prosody, startProsody } from '../../prosody/server.ts';

const test = suite('connection test: a bridge is asked by a real prosody');
const real = await needs(test, 'prosody', 'lua5.4', 'root');
const password = '0123456789abcdef0123456789abcdef';
const brewery = 'jvbbrewery@internal-muc.meet.jitsi';

/** What a browser says of its end. */
const end = {
  ufrag: 'Ab1+',
  pwd: 'abcdefghijklmnopqrstuv/+',
  fingerprint: Array.from({ length: 32 }, () => 'AB').join(':'),
};

type Element = ReturnType<typeof xml>;
type Iq = { readonly element: Element };

const statsOf = (drain: boolean) =>
  xml(
    'stats',
    { xmlns: 'http://jitsi.org/protocol/colibri' },
    xml('stat', { name: 'stress_level', value: '0.01' }),
    xml('stat', { name: 'drain', value: String(drain) }),
  );

/** A bridge in the room of bridges, which notes what it is asked for. Without words of itself it is somebody else there. */
async function bridge(prosody: Prosody, nick: string, stats: Element | '' = statsOf(false)) {
  Object.assign(globalThis, { WebSocket });
  const session = client({
    ...{ service: prosody.url, domain: 'auth.meet.jitsi', username: 'jvb', password },
  });
  session.reconnect.stop();
  session.on('error', () => {});
  const asked: Element[] = [];
  session.iqCallee.set('jitsi:colibri2', 'conference-modify', ({ element }: Iq) => {
    asked.push(element);
    if (element.attrs.expire) return xml('conference-modified', { xmlns: 'jitsi:colibri2' });
    return opened(nick);
  });
  const entered = new Promise<void>((resolve) => {
    session.on('stanza', (said: Element) => {
      if (said.is('presence') && said.attrs.from === `${brewery}/${nick}`) resolve();
    });
  });
  await session.start();
  const muc = xml('x', { xmlns: 'http://jabber.org/protocol/muc' });
  const words = stats ? [muc, stats] : [muc];
  await session.send(xml('presence', { to: `${brewery}/${nick}` }, ...words));
  await entered;
  return { asked, leave: () => session.stop().catch(() => {}) };
}

/** As jitsi-videobridge describes an end, with an address over TCP and one of its WebSocket besides. */
function opened(nick: string): Element {
  const candidate = (protocol: string, ip: string) =>
    xml('candidate', {
      ...{ id: `${protocol}${ip}`, foundation: '1', component: '1', generation: '0', network: '0' },
      ...{ protocol, ip, port: '10000', priority: '2130706431', type: 'srflx' },
    });
  const ice = xml(
    'transport',
    { xmlns: 'urn:xmpp:jingle:transports:ice-udp:1', ufrag: nick, pwd: 'of-the-bridge' },
    candidate('udp', '198.51.100.7'),
    candidate('ssltcp', '198.51.100.8'),
    xml('web-socket', {
      xmlns: 'http://jitsi.org/protocol/colibri',
      url: 'wss://meet.example.org/colibri-ws/x?pwd=of-the-websocket',
    }),
    xml(
      'fingerprint',
      { xmlns: 'urn:xmpp:jingle:apps:dtls:0', hash: 'sha-256', setup: 'passive' },
      'AA:BB',
    ),
  );
  const transport = xml('transport', {}, ice);
  return xml(
    'conference-modified',
    { xmlns: 'jitsi:colibri2' },
    xml('endpoint', { id: 'test' }, transport),
  );
}

interface Asking {
  readonly number?: string;
  readonly body?: unknown;
  readonly from?: string;
  readonly type?: string;
}

/** What the page is answered, from an address as web passes it on. */
async function ask({ url }: Prosody, asking: Asking = {}) {
  const { number = '1', body = end, from = '198.51.100.20', type = 'application/json' } = asking;
  const site = url.replace('ws://', 'http://').replace('/xmpp-websocket', '');
  const response = await fetch(`${site}/connection-test/bridge?${number}`, {
    method: 'POST',
    headers: { host: 'meet.jitsi', 'content-type': type, 'X-Forwarded-For': from },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

async function started(auth: object): Promise<Prosody> {
  const stack = await renderedOf({
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses: ['198.51.100.7'] },
    certificates: { source: 'self-signed' },
    extras: ['connection-test'],
    auth,
  });
  const prosody = await startProsody(stack);
  await prosody.accounts(['jvb'], password, 'auth.meet.jitsi');
  return prosody;
}

let prosody: Prosody;
real.before(async () => {
  prosody = await started({ mode: 'internal', guests: 'none' });
});
real.after(() => prosody.stop());

real('where nobody comes in without an account, it works as everywhere', async () => {
  const [one, other] = [await bridge(prosody, 'b1'), await bridge(prosody, 'b2')];
  const nobody = await bridge(prosody, 'a-recorder', '');
  const leaving = await bridge(prosody, 'b0', statsOf(true));
  try {
    const { status, text } = await ask(prosody);
    assert.is(status, 200);
    const { candidates, ...told } = JSON.parse(text);
    const own = { hash: 'sha-256', fingerprint: 'AA:BB', pwd: 'of-the-bridge' };
    assert.equal(told, { ...own, ufrag: 'b1', bridges: 2 });
    const ways = candidates.map(({ ip, port }: Record<string, string>) => `${ip}:${port}`);
    assert.equal(ways, ['198.51.100.7:10000'], 'UDP only');
    assert.not.match(text, 'of-the-websocket');
    assert.match((await ask(prosody, { number: '2' })).text, '"ufrag":"b2"');
    assert.equal(await ask(prosody, { number: '3' }), { status: 404, text: '{"bridges":2}' });
    assert.equal([nobody.asked.length, leaving.asked.length], [0, 0]);
    assert.equal([one.asked.length, other.asked.length], [1, 1]);
  } finally {
    for (const session of [one, other, nobody, leaving]) await session.leave();
  }
  assert.equal(await ask(prosody), { status: 404, text: '{"bridges":0}' });
});

real(
  'each test is a meeting of its own with one end, which nobody can use for another',
  async () => {
    const one = await bridge(prosody, 'b1');
    try {
      for (const from of ['198.51.100.31', '198.51.100.32'])
        assert.is((await ask(prosody, { from })).status, 200);
      const names = one.asked.map(({ attrs }) => attrs['meeting-id']);
      assert.is(new Set(names).size, 2);
      for (const meeting of one.asked) {
        assert.is(meeting.attrs.create, 'true');
        const ends = meeting.getChildElements();
        assert.is(ends.length, 1);
        const parts = ends[0]?.getChildElements().map(({ name }) => name);
        assert.equal(parts, ['capability', 'transport'], 'no audio, no video, no sources');
        const kinds = ends[0]?.getChild('transport')?.getChildElements() ?? [];
        assert.equal(
          kinds.map(({ name }) => name),
          ['transport'],
          'no channel for messages',
        );
        const said = kinds[0]?.getChildElements().map(({ name }) => name);
        assert.equal(said, ['rtcp-mux', 'fingerprint'], 'no address that it would send to');
      }
    } finally {
      await one.leave();
    }
  },
);

real('rooms that everybody opens, guests and tokens change nothing about it', async () => {
  for (const auth of [
    { mode: 'open', strangers: true, moderators: 'first' },
    { mode: 'internal', guests: 'wait' },
    { mode: 'jwt', guests: 'none' },
  ]) {
    const another = await started(auth);
    const one = await bridge(another, 'b1');
    try {
      assert.is((await ask(another)).status, 200, auth.mode);
      assert.is(one.asked.length, 1, auth.mode);
    } finally {
      await one.leave();
      await another.stop();
    }
  }
});

real('a meeting ends by itself', async () => {
  const one = await bridge(prosody, 'b1');
  try {
    assert.is((await ask(prosody, { from: '198.51.100.41' })).status, 200);
    const id = one.asked[0]?.attrs['meeting-id'];
    for (let tries = 0; !one.asked.some(({ attrs }) => attrs.expire); tries += 1) {
      assert.ok(tries < 200, 'it was not ended');
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    const last = one.asked.at(-1);
    assert.equal([last?.attrs['meeting-id'], last?.attrs.create], [id, undefined]);
  } finally {
    await one.leave();
  }
});

real('one place has five tests at once, and all together twenty at one bridge', async () => {
  const [one, other] = [await bridge(prosody, 'flood-1'), await bridge(prosody, 'flood-2')];
  try {
    const statuses = async (asking: readonly Asking[]) => {
      const all = await Promise.all(asking.map(async (each) => (await ask(prosody, each)).status));
      return [200, 429].map((wanted) => all.filter((status) => status === wanted).length);
    };
    const often = (from: (index: number) => string) =>
      Array.from({ length: 40 }, (_, index) => ({ from: from(index) }));
    assert.equal(await statuses(often(() => '198.51.100.50')), [5, 35]);
    // A household has a /64.
    const home = often((index) => `2001:db8:1:2::${index + 1}`);
    assert.equal(await statuses(home), [5, 35]);
    assert.equal(await statuses(often((index) => `203.0.113.${index + 1}`)), [10, 30]);
    assert.is(one.asked.length, 20);
    assert.is((await ask(prosody, { number: '2', from: '198.51.100.50' })).status, 200);
    assert.is(other.asked.length, 1);
  } finally {
    for (const session of [one, other]) await session.leave();
  }
});

real('what is no browser’s end reaches no bridge', async () => {
  const one = await bridge(prosody, 'strict');
  try {
    const wrong: readonly unknown[] = [
      '',
      '{',
      'null',
      '[]',
      '"text"',
      {},
      { ...end, ufrag: 'abc' },
      { ...end, ufrag: ['Ab1+'] },
      { ...end, ufrag: 'a"/><expire/>' },
      { ...end, pwd: 'short' },
      { ...end, pwd: 'a'.repeat(257) },
      { ...end, fingerprint: 'AB' },
      { ...end, fingerprint: `${end.fingerprint}\n` },
      'x'.repeat(5000),
    ];
    for (const body of wrong)
      assert.is((await ask(prosody, { body })).status, 400, JSON.stringify(body));
    for (const number of ['', '-1', '1.5', '100', '1e1', 'x'])
      assert.is((await ask(prosody, { number })).status, 400, number);
    assert.is((await ask(prosody, { number: '0' })).status, 404);
    // As another site's page could send it without asking.
    assert.is((await ask(prosody, { type: 'text/plain' })).status, 415);
    assert.is(one.asked.length, 0);
  } finally {
    await one.leave();
  }
});

real.run();
