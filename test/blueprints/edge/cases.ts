import * as assert from 'uvu/assert';
import { turnSecret } from './daemons.ts';
import { startBridge, throughRelay } from './relay.ts';
import { client, type Running } from './running.ts';

type Test = (name: string, body: () => Promise<void>) => void;

/** The relay behind the shared port, as its owner sees it from outside. */
export function throughDoctor(test: Test, stack: () => Running, door: string): void {
  test('the doctor finds page and relay behind 443, and what the relay lets through', async () => {
    const { plan } = stack();
    const address = plan.network.addresses[door]?.ipv4 ?? '';
    const { findings } = await stack().ask('doctor', { plan, address, turnSecret });
    for (const [check, words] of [
      ['relay', 'turn.example.org:443 over TLS'],
      ['certificate', 'meet.example.org:443'],
    ] as const) {
      const one = findings.find((row) => row.check === check && row.subject === words);
      assert.is(one?.outcome, 'ok', `${check} ${words}: ${JSON.stringify(one)}`);
    }
  });
}

const page = 'GET /room?x=1 HTTP/1.1\r\nHost: meet.example.org';

/** What every edge that shares port 443 must do; `stack` runs when the tests do, and `door` answers on 443. */
export function sharedDoor(test: Test, stack: () => Running, door: string): void {
  const at = (version: 'ipv4' | 'ipv6' = 'ipv4') =>
    stack().plan.network.addresses[door]?.[version] ?? '';
  const answer = async (more: object) =>
    stack().ask('request', { address: at(), name: 'meet.example.org', head: page, ...more });

  test('the meeting site’s name reaches the page, with the client’s own address', async () => {
    const { data, certificate } = await answer({});
    assert.match(data, '"url":"/room?x=1"');
    assert.match(data, `"x-forwarded-for":"${client[0]}"`);
    assert.is(certificate, 'meet.example.org');
  });

  test('so does an IPv6 client', async () => {
    const { data } = await answer({ address: at('ipv6') });
    assert.match(data, `"x-forwarded-for":"${client[1]}"`);
  });

  test('a forged header of the client does not count', async () => {
    const { data } = await answer({ head: `${page}\r\nX-Forwarded-For: 6.6.6.6` });
    assert.match(data, `"x-forwarded-for":"${client[0]}"`);
    assert.not.match(data, '6.6.6.6');
  });

  test('the relay’s name reaches the relay, in capitals too', async () => {
    for (const name of ['turn.example.org', 'TURN.Example.ORG']) {
      assert.is((await stack().ask('stun', { address: at(), name })).relay, true, name);
    }
  });

  test('a client that says stun.turn instead of a name reaches the relay', async () => {
    const protocols = ['stun.turn'];
    assert.is((await stack().ask('stun', { address: at(), protocols })).relay, true);
  });

  test('through 443 alone a client reaches the bridge, and no private address', async () => {
    await startBridge(stack());
    const bridge = stack().plan.network.addresses.jvb?.ipv4 ?? '';
    await stack().until('the bridge', async () =>
      /tot_send_msgs=5, tot_recv_msgs=5\b/.test(await throughRelay(stack(), at(), bridge)),
    );
    assert.match(await throughRelay(stack(), at(), '10.0.0.1'), /403 \(Forbidden IP\)/);
  });

  throughDoctor(test, stack, door);

  test('no name and unknown names get no certificate', async () => {
    for (const name of [{ name: '' }, { name: 'www.example.net' }]) {
      const { error = '', certificate } = await answer(name);
      assert.match(error, /unrecognized name|alert number 112/i);
      assert.is(certificate, '');
    }
  });

  test('a first message in pieces is put together', async () => {
    assert.match((await answer({ pieces: 60 })).data, '"url":"/room?x=1"');
    const pieces = { address: at(), name: 'turn.example.org', pieces: 60 };
    assert.is((await stack().ask('stun', pieces)).relay, true);
  });

  test('a client that says nothing is sent away after five seconds', async () => {
    const { after } = await stack().ask('plain', { address: at(), text: '' });
    assert.ok(after > 4500 && after < 8000, `${after} ms`);
  });

  test('a WebSocket gets through, for a tenant too', async () => {
    for (const path of ['/xmpp-websocket', '/school/xmpp-websocket']) {
      const head = `GET ${path}?room=a HTTP/1.1\r\nHost: meet.example.org`;
      const target = { address: at(), name: 'meet.example.org', id: path, head };
      assert.match((await stack().ask('hold', target)).data, '101 Switching');
      assert.match((await stack().ask('echo', { id: path, text: 'hello' })).data, 'hello');
    }
  });
}
