import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { composeView } from '../../programs/compose.ts';
import { needs } from '../../programs/needs.ts';
import { nftCheck } from '../../programs/nft.ts';
import { shellCheck } from '../../programs/shell.ts';
import { type Folder, folderOf, running } from './folder.ts';

const test = suite<{ place: Folder }>('a further bridge, on its own machine');
const open = await folderOf('b1:bridge:203.0.113.8:203.0.113.7:10001');

test.before.each((context) => {
  const place = open();
  writeFileSync(join(place.path, '.env'), 'JVB_AUTH_PASSWORD=secret\n', { mode: 0o600 });
  writeFileSync(join(place.path, 'jitsi/jvb/trust.jks'), 'a store');
  running(place, 'jvb');
  metrics(place, 0);
  place.say('log', '\n');
  context.place = place;
});
test.after.each(({ place }) => place.remove());

/** What the bridge says of itself, in the words of its own /metrics. */
function metrics({ say }: Folder, people: number, { drained = false, joined = true } = {}) {
  const lines = [
    '# TYPE jitsi_jvb_current_endpoints gauge',
    `jitsi_jvb_current_endpoints ${people}.0`,
    `jitsi_jvb_drain_mode ${drained ? '1.0' : '0.0'}`,
    `jitsi_jvb_mucs_joined ${joined ? '1.0' : '0.0'}`,
  ];
  say('metrics', `${lines.join('\n')}\n`);
}

test('up is done when the bridge has signed in at the central machine', ({ place }) => {
  const { code, err } = place.run('up');
  assert.is(code, 0, err);
  assert.match(err, 'b1 has signed in');
});

test('healthy is not enough: up says what keeps it from signing in', ({ place }) => {
  for (const [said, why] of [
    ['PKIX path building failed', /another certificate than the one in jitsi\/jvb\/trust.jks/],
    ['SASLError using SCRAM-SHA-1: not-authorized', /does not take the password/],
    ['java.net.ConnectException: Connection refused', /Nothing answers at 203.0.113.7, port 5222/],
    ['Joined MUC\nPKIX path building failed\nConnect timed out', /Nothing answers at 203.0.113.7/],
  ] as const) {
    metrics(place, 0, { joined: false });
    place.say('log', `${said}\n`);
    const { code, err } = place.run('up');
    assert.is(code, 1);
    assert.match(err, why);
    const status = place.run('status');
    assert.is(status.code, 1);
    assert.match(status.out, 'signed in   no');
    assert.match(status.err, why);
  }
});

test('nobody is cut off, unless that was said', ({ place }) => {
  metrics(place, 12);
  for (const verb of ['up', 'down']) {
    const { code, err } = place.run(verb);
    assert.is(code, 1);
    assert.match(
      err,
      `(12) and would be cut off. First: ./stack drain. At once: ./stack ${verb} --now`,
    );
  }
  assert.not.match(place.calls(), /compose (up|down)/);
  assert.is(place.run('up', '--now').code, 0);
  assert.is(place.run('down', '--now').code, 0);
});

test('drain stops new meetings and waits for none that is over; --off takes it back', ({
  place,
}) => {
  const drained = place.run('drain');
  assert.is(drained.code, 0, drained.err);
  assert.match(place.calls(), '-X POST http://127.0.0.1:8080/colibri/drain/enable');
  assert.match(drained.err, 'Nobody is on it any more');
  metrics(place, 3, { drained: true });
  const { out } = place.run('status');
  assert.match(out, /people {6}3\n/);
  assert.match(out, 'drained     yes');
  assert.is(place.run('drain', '--off').code, 0);
  assert.match(place.calls(), '/colibri/drain/disable');
});

test('without the password or the certificate it says where they come from', ({ place }) => {
  rmSync(join(place.path, 'jitsi/jvb/trust.jks'));
  const { code, err } = place.run('up');
  assert.is(code, 1);
  assert.match(err, './stack up on the central machine puts both into machines/b1');
  writeFileSync(join(place.path, 'jitsi/jvb/trust.jks'), 'a store');
  chmodSync(join(place.path, '.env'), 0o644);
  assert.match(place.run('up').err, 'chmod 600 .env');
});

test('help names every verb, and others are refused', ({ place }) => {
  const { out } = place.run('help');
  for (const verb of ['up', 'down', 'status', 'logs', 'drain', 'pull', 'firewall'])
    assert.match(out, new RegExp(`^  ${verb} `, 'm'));
  assert.is(place.run('rotate').code, 2);
  assert.is(place.run('up', '--quick').code, 2);
});

(await needs(test, 'shellcheck'))('the shell and shellcheck take its script', async ({ place }) => {
  const { ok, output } = await shellCheck(place.path, 'stack');
  assert.ok(ok, output);
});

(await needs(test, 'nft'))('nft takes its rules', async ({ place }) => {
  const { ok, output } = await nftCheck(join(place.path, 'firewall'), 'nftables.nft');
  assert.ok(ok, output);
});

(await needs(test, 'docker-compose'))(
  'Docker Compose takes its file, and publishes media alone',
  async ({ place }) => {
    const { services } = await composeView(place.path);
    assert.equal(Object.keys(services), ['jvb']);
    assert.equal(
      services.jvb?.ports?.map(({ published, protocol }) => `${published}/${protocol}`),
      ['10001/udp'],
    );
    assert.is(services.jvb?.environment?.JVB_AUTH_PASSWORD, 'secret');
  },
);

test.run();
