import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Authority } from './authority.ts';
import { about, domain, findingsOf, planAt, relayName } from './examined.ts';
import { openRelay, type RelayHabits } from './fake-relay.ts';
import { freePort } from './site.ts';

const relay = suite('the doctor and the relay');
const pair = await (await Authority.found()).issue([domain, relayName]);
const secret = 'a-secret-that-nobody-may-read';

/** What is said about a relay with these habits, over each way. */
async function asked(habits: RelayHabits, turnSecret: string | undefined = secret, changes = {}) {
  const program = await openRelay(pair);
  program.habits = habits;
  const plan = await planAt({ turn: program.port, turns: program.tls }, changes);
  const means = turnSecret === '' ? {} : { turnSecret };
  const findings = await findingsOf(plan, means).finally(program.close);
  const ways = about(findings, 'relay', ' over ');
  assert.not.match(JSON.stringify(findings), secret);
  const address = about(findings, 'relay', 'your address')[0];
  return {
    ways,
    address,
    text: JSON.stringify(ways),
    outcomes: ways.map(({ outcome }) => outcome),
  };
}

relay('one that lets nobody through to the bridge is wrong on every way', async () => {
  const { ways, text } = await asked({ permission: 403 });
  assert.equal(
    ways.map(({ subject }) => subject.replace(/.* over /, '')),
    ['UDP', 'TCP', 'TLS'],
  );
  assert.not.ok(ways.some(({ outcome }) => outcome !== 'wrong'));
  assert.match(text, /does not relay to the bridge at 172\.\d+\.\d+\.14.*allowed-peer-ip/);
});

relay('one that lets everybody through to neighbours is wrong', async () => {
  const { outcomes, text } = await asked({ permission: 0 });
  assert.equal(outcomes, ['wrong', 'wrong', 'wrong']);
  assert.match(text, /relays to 10\.0\.0\.1, 169\.254\.169\.254 and 127\.0\.0\.1.*denied-peer-ip/);
});

relay('one that lets everybody through to the server itself is wrong', async () => {
  const bridge = (await planAt({ turn: 1 })).network.addresses.jvb?.ipv4 ?? '';
  // The server's public address here.
  const { outcomes, text } = await asked({ permission: 403, allowed: [bridge, '127.0.0.1'] });
  assert.equal(outcomes, ['wrong', 'wrong', 'wrong']);
  assert.match(text, /relays to 127\.0\.0\.1\.".*past the firewall.*denied-peer-ip/);
});

relay('a relay with another secret is wrong', async () => {
  const { outcomes, text } = await asked({ locked: true });
  assert.equal(outcomes, ['wrong', 'wrong', 'wrong']);
  assert.match(text, 'refuses passwords');
});

relay(
  'one that lends out another address than the public one is wrong where people use it',
  async () => {
    const plan = await planAt({ turn: 1 });
    const well = { permission: 403, allowed: [plan.network.addresses.jvb?.ipv4 ?? ''] };
    assert.equal((await asked(well)).outcomes, ['ok', 'ok', 'ok']);
    // What comes through TLS is for the bridge only, and may be inside.
    const { outcomes, text } = await asked({ ...well, relayed: '192.168.10.20' });
    assert.equal(outcomes, ['wrong', 'wrong', 'ok']);
    assert.match(text, /192\.168\.10\.20, not of 127\.0\.0\.1/);
  },
);

relay('a relay that says nothing is wrong', async () => {
  const { outcomes, text } = await asked({ silent: true });
  assert.equal(outcomes, ['wrong', 'wrong', 'wrong']);
  assert.match(text, /does not answer.*\/udp is open/);
});

relay('without the secret it is asked whether it is there, and no more', async () => {
  const { outcomes, address } = await asked({}, '');
  assert.equal(outcomes, ['not checked', 'not checked', 'not checked']);
  assert.is(address?.outcome, 'ok');
  assert.match(address?.seen ?? '', 'sees you as 192.0.2.44');
});

relay('addresses of visitors that are replaced on the way are seen', async () => {
  const { address } = await asked({ mapped: '192.168.1.1' });
  assert.is(address?.outcome, 'wrong');
  assert.match(JSON.stringify(address), /sees you as 192\.168\.1\.1.*source NAT/);
});

relay('somebody else’s relay is asked for the bridge’s public address', async () => {
  const turn = { mode: 'existing', host: 'turn.example.net' };
  const { ways, text } = await asked({ permission: 403 }, secret, { turn });
  assert.is(ways.length, 3);
  assert.match(text, /turn\.example\.net:\d+ over UDP/);
  assert.match(text, 'does not relay to the bridge at 127.0.0.1');
});

relay('a stack without one has none to ask', async () => {
  const plan = await planAt({ https: await freePort() }, { turn: { mode: 'none' } });
  assert.equal(about(await findingsOf(plan), 'relay'), []);
});

relay.run();
