import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RawAnswers } from '../../src/answers/complete.ts';
import { detectHost } from '../../src/answers/detect/host.ts';
import { elsewhere } from '../../src/answers/whose.ts';
import { serverWarnings } from '../../src/cli/report/server-warnings.ts';
import { type StandIn, standIn } from '../answers/detect/stand-in.ts';
import { planOf } from '../matrix/stack.ts';

const warnings = suite('what a server has against a new stack');

const docker = 'docker ps --format {{.Names}}\t{{.Image}}\t{{.Ports}}';
const interfaces = { eth0: ['203.0.113.7/24', '203.0.113.8/24'] };

async function said(host: StandIn, network: RawAnswers = {}, more: RawAnswers = {}) {
  const plan = await planOf({
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses: ['203.0.113.7'], ...network },
    certificates: { source: 'own' },
    turn: { mode: 'coturn', domain: 'turn.example.org' },
    auth: { mode: 'open', strangers: true },
    ...more,
  });
  return serverWarnings(plan, detectHost(standIn({ interfaces, ...host })));
}

/** `/proc/net/udp` with a socket at an address (in the kernel's spelling) and a port. */
const socket = (address: string, port: number) =>
  `  sl  local_address\n   7: ${address}:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4711 2`;

warnings('a free server has nothing against it', async () => {
  assert.equal(await said({}), []);
});

warnings('a row for named machines wants an address that is there', async () => {
  const metrics = (address: string) => ({
    auth: { mode: 'open', strangers: true },
    extras: ['metrics'],
    metrics: { address, from: ['10.8.0.9'] },
  });
  assert.equal(await said({}, {}, metrics('203.0.113.8')), []);
  const [line = '', more] = await said({}, {}, metrics('10.8.0.1'));
  assert.match(line, '10.8.0.1 is no address of this server');
  assert.match(line, 'the container metrics would not start');
  assert.is(more, undefined);
});

warnings('ports of another stack are named, with the answer that moves each', async () => {
  const other =
    'other-nginx-1\tnginx\t0.0.0.0:80->80/tcp, [::]:443->443/tcp\nother-jvb-1\tghcr.io/jitsi/jvb\t0.0.0.0:10000->10000/udp\n';
  const lines = await said({
    programs: { [docker]: other },
    files: { '/proc/net/udp': socket('00000000', 3478) },
  });
  assert.is(lines.length, 4, lines.join('\n'));
  assert.match(lines.join('\n'), '10000/udp (audio and video) is in use by container other-jvb-1.');
  assert.match(lines.join('\n'), '--network-media-port');
  assert.match(lines.join('\n'), '--network-https-port');
  assert.match(lines.join('\n'), 'in use by another program of this server');
  assert.match(lines.join('\n'), '--turn-port');
});

warnings('another address is another place, unless one of the two wants all', async () => {
  const bound = { [docker]: 'other-jvb-1\tx\t203.0.113.8:10000->10000/udp\n' };
  assert.is((await said({ programs: bound })).length, 1);
  assert.equal(await said({ programs: bound }, { bind: 'given' }), []);
  const files = { '/proc/net/udp': socket('087100CB', 10000) };
  assert.is((await said({ files }, { publicAddresses: ['203.0.113.8'], bind: 'given' })).length, 1);
  assert.equal(await said({ files }, { bind: 'given' }), []);
  // What is on this host only is in the way of those who want all addresses.
  const local = { '/proc/net/udp': socket('0100007F', 10000) };
  assert.is((await said({ files: local })).length, 1);
});

warnings(
  'the owner’s own proxy is there on purpose, and another computer is not looked at',
  async () => {
    const caddy = {
      programs: { [docker]: 'caddy\tcaddy\t0.0.0.0:80->80/tcp, 0.0.0.0:443->443/tcp\n' },
    };
    const external = { edge: { proxy: 'external', flavour: 'caddy' } };
    assert.equal(await said(caddy, {}, external), []);
    const plan = await planOf({
      domain: 'meet.example.org',
      network: { exposure: 'public', publicAddresses: ['203.0.113.7'] },
      certificates: { source: 'own' },
    });
    assert.equal(await serverWarnings(plan, elsewhere(detectHost(standIn(caddy)))), []);
  },
);

warnings('an address that the server has not is named, with what to choose instead', async () => {
  const cloud = { interfaces: { eth0: ['10.0.0.5/24'] } };
  const [direct = ''] = await said(cloud);
  assert.match(direct, '203.0.113.7 is no address of this server (it has 10.0.0.5)');
  assert.match(direct, '--network-exposure nat');
  const nat = { exposure: 'nat', lanAddresses: ['10.0.0.5'] };
  assert.equal(await said(cloud, nat), []);
  assert.is((await said(cloud, { ...nat, lanAddresses: ['10.0.0.6'] })).length, 1);
  // Nobody has to listen on it then.
  assert.equal(await said(cloud, {}, { turn: { mode: 'none' } }), []);
});

warnings('a tunnel by which people may come in is offered to the relay', async () => {
  const home = { interfaces: { eth0: ['192.168.1.50/24'], wg0: ['10.8.0.2/24'] } };
  const nat = { exposure: 'nat', lanAddresses: ['192.168.1.50'] };
  const [tunnel = ''] = await said(home, nat);
  assert.match(tunnel, 'wg0 (10.8.0.2) is a tunnel');
  assert.match(tunnel, '--network-lan-addresses 10.8.0.2,192.168.1.50');
  const both = { ...nat, lanAddresses: ['10.8.0.2', '192.168.1.50'] };
  assert.equal(await said(home, both), []);
});

warnings('a Docker that writes no rules is named', async () => {
  const files = { '/etc/docker/daemon.json': '{ "iptables" : false, "log-driver": "local" }' };
  assert.match((await said({ files }))[0] ?? '', '"iptables": false');
  const six = { '/etc/docker/daemon.json': '{ "ip6tables": false, "userland-proxy": false }' };
  assert.equal(await said({ files: six }), []);
  const both = { interfaces: { eth0: ['203.0.113.7/24', '2001:db8::7/64'] }, files: six };
  const over = { ipv6: true, publicAddresses: ['203.0.113.7', '2001:db8::7'] };
  assert.match((await said(both, over))[0] ?? '', '"ip6tables": false');
});

warnings('a processor without images, or without those that CI builds, is named', async () => {
  assert.match((await said({ architecture: 'arm' }))[0] ?? '', 'none that Jitsi publishes');
  assert.equal(await said({ architecture: 'arm64' }), []);
  const rebuild = { by: 'github', registry: 'ghcr.io/example/meet', architectures: ['amd64'] };
  const [built = ''] = await said({ architecture: 'arm64' }, {}, { rebuild });
  assert.match(built, '--rebuild-architectures amd64,arm64');
});

warnings('fewer cores than so many people want are named', async () => {
  const [line = '', ...more] = await said({}, {}, { host: { memory: 16_000, people: 100 } });
  assert.equal(more, []);
  assert.match(line, 'This server has 4 processor cores, and 100 people at once want about 5');
  assert.equal(await said({ cores: 5 }, {}, { host: { memory: 16_000, people: 100 } }), []);
});

warnings.run();
