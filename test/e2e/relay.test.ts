import { type ConnectionOptions, connect } from 'node:tls';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../programs/needs.ts';
import { enterOwnNetwork, server } from './network.ts';
import { addresses, neighbours, type Server, startServer, unnamed } from './server.ts';
import { four, six } from './special.ts';
import { allocate, credentialFor, type Relay, type Transport } from './turn.ts';

enterOwnNetwork();
const relay = suite('the relay, started for real');
const test = await needs(relay, 'root', 'host:nft', 'nginx', 'turnserver');
let running: Server;
test.before(async () => {
  running = await startServer();
});

async function allocated(transport: Transport, options?: { six?: boolean }): Promise<Relay> {
  const made = await allocate(transport, credentialFor(running.turnSecret), options);
  if (typeof made === 'number') throw new Error(`no relay: ${made}\n${running.log('coturn')}`);
  return made;
}

/** What the relay's TLS agrees to. */
function offering(options: ConnectionOptions): Promise<string> {
  return new Promise((resolve) => {
    const target = { host: server.ipv4, port: 5349, rejectUnauthorized: false };
    const socket = connect({ ...target, maxVersion: 'TLSv1.2', ...options }, () => {
      resolve(`${socket.getProtocol()} ${socket.getCipher().name}`);
      socket.destroy();
    });
    // coTURN says nothing about what it does not take, and closes later.
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('error', () => {}).on('close', () => resolve('refused'));
  });
}

for (const transport of ['udp', 'tcp', 'tls'] as const) {
  test(`over ${transport} it carries media to the bridge and back`, async () => {
    const made = await allocated(transport);
    assert.is(await made.permit(addresses.bridge), 0);
    assert.is(await made.echo(addresses.bridge, 10000, 'picture'), 'picture');
    made.close();
  });
}

test('it carries nothing to the server itself, its neighbours and the cloud’s metadata', async () => {
  const made = await allocated('udp');
  const itself = [addresses.web, addresses.prosody, server.ipv4, unnamed];
  for (const peer of [...itself, ...neighbours, ...four]) {
    assert.is(await made.permit(peer), 403, peer);
    assert.is(await made.bind(peer), 403, `a channel to ${peer}`);
  }
  made.close();
});

test('nor in the disguise of an IPv6 address', async () => {
  const made = await allocated('udp', { six: true });
  for (const peer of [server.ipv6, 'fd28:6a69:7473::c', ...six]) {
    assert.is(await made.permit(peer), 403, peer);
    assert.is(await made.bind(peer), 403, `a channel to ${peer}`);
  }
  made.close();
});

test('what is sent without asking does not arrive either', async () => {
  const made = await allocated('udp');
  const peers = [server.ipv4, unnamed, addresses.prosody];
  const heard = peers.map((peer) => made.echo(peer, 10000, 'let me in').catch(() => 'nothing'));
  assert.equal(await Promise.all(heard), ['nothing', 'nothing', 'nothing']);
  made.close();
});

test('a password that has run out, or was made from another secret, opens nothing', async () => {
  const secret = running.turnSecret;
  const good = credentialFor(secret);
  const bad = [
    credentialFor(secret, -60),
    credentialFor(`${secret}x`),
    { ...good, password: 'guess' },
    { ...good, username: 'admin' },
    { username: `${Number(good.username) + 86_400}`, password: good.password },
  ];
  for (const credential of bad) {
    assert.is(await allocate('udp', credential), 401, JSON.stringify(credential));
  }
});

test('its secret is in none of its messages', () => {
  assert.ok(running.log('coturn').includes(server.ipv4));
  assert.not.ok(running.log('coturn').includes(running.turnSecret));
});

test('over TLS it takes what has forward secrecy and no CBC', async () => {
  assert.match(await offering({ ciphers: 'ECDHE+AESGCM' }), /^TLSv1\.2 ECDHE-\w+-AES\d+-GCM-/);
  const weak = ['ECDHE+SHA256', 'ECDHE+SHA1', 'kRSA', 'DHE'].map((ciphers) => ({ ciphers }));
  const old = (['TLSv1', 'TLSv1.1'] as const).map((version) => {
    return { minVersion: version, maxVersion: version, ciphers: 'ALL:@SECLEVEL=0' };
  });
  const agreed = await Promise.all([...weak, ...old].map(offering));
  assert.equal(agreed, Array(6).fill('refused'));
});

// What was started for them does not end by itself.
relay.after(() => {
  setTimeout(() => process.exit(), 100).unref();
});
relay.run();
