import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../programs/needs.ts';
import { enterOwnNetwork, server } from './network.ts';
import { addresses, neighbours, type Server, startServer } from './server.ts';
import { allocate, credentialFor, type Relay, type Transport } from './turn.ts';

enterOwnNetwork();
const relay = suite('the relay, started for real');
const test = await needs(relay, 'root', 'nginx', 'turnserver');
let running: Server;
test.before(async () => {
  running = await startServer();
});

async function allocated(transport: Transport, options?: { six?: boolean }): Promise<Relay> {
  const made = await allocate(transport, credentialFor(running.turnSecret), options);
  if (typeof made === 'number') throw new Error(`no relay: ${made}\n${running.log('coturn')}`);
  return made;
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
  const others = [addresses.web, addresses.prosody, '172.28.0.1', '0.0.0.0', '127.0.0.1'];
  for (const peer of [...others, ...neighbours]) assert.is(await made.permit(peer), 403, peer);
  made.close();
});

test('nor in the disguise of an IPv6 address', async () => {
  const made = await allocated('udp', { six: true });
  const disguised = [...neighbours, '127.0.0.1', addresses.prosody].map((ip) => `::ffff:${ip}`);
  for (const peer of [...disguised, '::1', 'fe80::1', 'fd28:6a69:7473::c', '64:ff9b::a00:1']) {
    assert.is(await made.permit(peer), 403, peer);
  }
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

// What was started for them does not end by itself.
relay.after(() => {
  setTimeout(() => process.exit(), 100).unref();
});
relay.run();
