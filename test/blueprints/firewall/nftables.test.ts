import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { perSource } from '../../../src/plan/per-source.ts';
import { needs } from '../../programs/needs.ts';
import {
  assertContainersFree,
  assertDoors,
  assertSaid,
  detours,
  doorsAt,
  doorsInside,
} from './doors.ts';
import { temporary, writeFiles } from './files.ts';
import { assertRelayApart } from './limits.ts';
import { planFor, type Variant } from './plan.ts';
import { loopbackPort, machines, server, World } from './world.ts';

const test = suite('nftables, really loaded');
const when = await needs(test, ...machines, 'host:nft');
let world: World;

const plan = planFor();
const everywhere = [server.internet, server.internet6].flatMap((host) => doorsAt(host, plan));

test.before.each(async () => {
  world = await World.create();
});
test.after.each(() => {
  world.destroy();
});

/** Runs the script of a stack with these answers on the server. */
function script(directory: string, options: string, input = '', seconds = 60): string {
  const command = `CONFIRM_SECONDS=${seconds} ./nftables.sh ${options} 2>&1 || echo "exit $?"`;
  return world.run(world.server, ['sh', '-c', `cd ${directory} && { ${command}; }`], input);
}

function load(variant?: Variant): string {
  const directory = writeFiles('firewall-nftables', planFor(variant));
  assert.is(script(directory, 'apply --yes'), 'The rules are loaded.\n');
  return directory;
}

const ruleset = () => world.run(world.server, ['nft', '-s', 'list', 'ruleset']);

when(
  'without a firewall everything that is published can be reached, and a neighbour’s route leads inside',
  () => {
    const doors = [
      ...everywhere.filter(({ port }) => port !== loopbackPort),
      ...detours.slice(0, 1),
      ...detours.slice(4, 5),
    ];
    assertDoors(
      world,
      doors.map((door) => ({ ...door, open: true })),
      'open world',
    );
  },
);

when(
  'lets in the port table and nothing else, over IPv4 and IPv6, and keeps containers free',
  () => {
    load();
    assertDoors(world, [...everywhere, ...detours], 'loaded');
    assertContainersFree(world);
    world.docker();
    assertDoors(world, everywhere, 'after a restart of Docker');
  },
);

when('lets IPv6 reach SSH only when the answers say that it is not served', () => {
  load({ ipv6: false });
  assertDoors(
    world,
    [
      ...doorsAt(server.internet, plan),
      ...doorsAt(server.internet6, plan, (_from, service) => service === 'host'),
      ...detours,
    ],
    'IPv4 only',
  );
});

when('lets in private addresses only when the stack is for the local network', () => {
  load({ exposure: 'lan', sshPort: 8888 });
  const local = planFor({ exposure: 'lan', sshPort: 8888 });
  assertDoors(world, doorsInside(local), 'local network');
});

when('lets in the owner’s own ports, of programs and of containers', () => {
  const directory = load();
  const extra = join(directory, 'nftables-extra.nft');
  appendFileSync(
    extra,
    'tcp dport 8888 accept\nmeta l4proto tcp ct original proto-dst 9090 accept',
  );
  assertSaid(script(directory, 'apply --yes'), 'needs a line break at its end');
  appendFileSync(extra, '\n');
  assert.is(script(directory, 'apply --yes'), 'The rules are loaded.\n');
  const opened = everywhere.map((door) => ({
    ...door,
    open: door.open || (door.protocol === 'tcp' && [8888, 9090].includes(door.port)),
  }));
  assertDoors(world, [...opened, ...detours], 'with the owner’s rules');
});

when('replaces its own table only, and twice is the same as once', () => {
  world.run(world.server, ['nft', 'add table inet theirs']);
  const before = ruleset();
  const directory = load();
  const once = ruleset();
  script(directory, 'apply --yes');
  assert.is(ruleset(), once);
  assertSaid(once, 'table inet theirs');
  assertSaid(script(directory, 'remove'), 'The rules are gone.');
  assert.is(ruleset(), before);
  assertSaid(script(directory, 'remove'), 'The rules are gone.');
});

when('leaves existing connections alone', async () => {
  const talk = world.start(world.outer, ['node', '-e', stayConnected, server.internet, '9090']);
  assert.ok(talk.stdout && talk.stdin);
  assert.is(String(await once(talk.stdout, 'data')), 'a');
  const directory = load();
  script(directory, 'apply --yes');
  talk.stdin.write('b');
  assert.is(String(await once(talk.stdout, 'data')), 'b');
});

const stayConnected = `
  const socket = require('node:net').connect(process.argv[2], process.argv[1], () => socket.write('a'));
  socket.on('data', (data) => process.stdout.write(data));
  process.stdin.on('data', (data) => socket.write(data));`;

when('check loads nothing and finds mistakes', () => {
  const directory = writeFiles('firewall-nftables', plan);
  const before = ruleset();
  assert.is(script(directory, 'check'), 'The rules are valid.\n');
  appendFileSync(join(directory, 'nftables-extra.nft'), 'tcp port 1 accept\n');
  assertSaid(script(directory, 'apply --yes'), /syntax error[\s\S]*nothing was changed\.\nexit 1/);
  assert.is(ruleset(), before);
});

when('refuses to take the way to the internet for a bridge of Docker', () => {
  const directory = writeFiles('firewall-nftables', plan);
  world.run(world.server, [
    'sh',
    '-c',
    'ip link set eth0 down; ip link set eth0 name br-lan; ip link set br-lan up; ip route add default via 198.18.0.10',
  ]);
  assertSaid(script(directory, 'apply --yes'), /The default route uses br-lan.*\nexit 1/);
});

when('brings the rules from before back when nobody confirms', () => {
  const directory = writeFiles('firewall-nftables', plan);
  const before = ruleset();
  assertSaid(
    script(directory, 'apply', 'no\n'),
    'Not confirmed: the rules from before are back.\nexit 1',
  );
  assert.is(ruleset(), before);
  assertSaid(script(directory, 'apply', 'yes\n'), 'The rules stay.');
  const kept = ruleset();
  const other = writeFiles('firewall-nftables', planFor({ coturn: false }));
  // A frozen connection: standard input stays open and silent.
  const frozen = `cd ${other}; sleep 2 | CONFIRM_SECONDS=1 ./nftables.sh apply 2>&1 || :`;
  assertSaid(
    world.run(world.server, ['sh', '-c', frozen]),
    'Not confirmed in time: the rules from before are back.',
  );
  assert.is(ruleset(), kept);
});

when('brings them back although the connection and its shell are gone', async () => {
  const directory = writeFiles('firewall-nftables', plan);
  const before = ruleset();
  const session = world.start(world.server, [
    'setsid',
    'sh',
    '-c',
    `cd ${directory}; CONFIRM_SECONDS=1 exec ./nftables.sh apply 2>&1`,
  ]);
  assert.ok(session.stdout);
  while (!String(await once(session.stdout, 'data')).includes('within')) {}
  assert.is.not(ruleset(), before);
  session.kill('SIGHUP');
  await new Promise((resolve) => setTimeout(resolve, 2500));
  assert.is(ruleset(), before);
});

when(
  'is installed beside the system’s files, loads itself from there, and leaves nothing behind',
  () => {
    const directory = writeFiles('firewall-nftables', plan);
    const etc = temporary();
    for (const name of ['systemd/system', 'bin']) mkdirSync(join(etc, name), { recursive: true });
    const calls = join(etc, 'calls');
    writeFileSync(join(etc, 'bin/systemctl'), `#!/bin/sh\necho "$*" >>${calls}\n`, { mode: 0o755 });
    const inside = (options: string) =>
      world.run(world.server, [
        'unshare',
        '-m',
        'sh',
        '-ec',
        `mount --bind ${etc} /etc; cd ${directory}; PATH=${etc}/bin:$PATH ./nftables.sh ${options}`,
      ]);

    assertSaid(inside('install --yes'), 'loaded at every boot');
    assertSaid(inside('status'), 'They are loaded at boot.');
    assert.is(
      readFileSync(join(etc, 'jitsi-stack/nftables.nft'), 'utf8'),
      readFileSync(join(directory, 'nftables.nft'), 'utf8'),
    );
    const unit = readFileSync(join(etc, 'systemd/system/jitsi-stack-firewall.service'), 'utf8');
    const loaded = ruleset();
    const said = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(unit)?.[1] ?? '';
    const asUnit = (key: string) =>
      world.run(world.server, ['sh', '-ec', `cd ${etc}/jitsi-stack; ${said(key)}`]);
    asUnit('ExecStop');
    assert.not.match(ruleset(), 'jitsi_stack');
    asUnit('ExecStart');
    asUnit('ExecReload');
    assert.is(ruleset(), loaded);

    writeFileSync(join(directory, 'nftables-extra.nft'), 'tcp dport 1 accept\n');
    assertSaid(inside('status'), 'Other rules than these are loaded at boot');
    inside('remove');
    assert.not(existsSync(join(etc, 'jitsi-stack')));
    assert.not(existsSync(join(etc, 'systemd/system/jitsi-stack-firewall.service')));
    assert.equal(readFileSync(calls, 'utf8').split('\n').slice(0, 3), [
      'daemon-reload',
      '-q enable jitsi-stack-firewall.service',
      'reload-or-restart jitsi-stack-firewall.service',
    ]);
  },
);

when('lets one source have its share, and others in besides', async () => {
  load();
  const others = ['198.18.0.11/24', '198.18.0.12/24', '2001:db8:77::11/64', '2001:db8:78::12/64'];
  for (const address of others)
    world.run(world.outer, ['ip', 'addr', 'add', address, 'dev', 'eth0']);
  world.run(world.server, ['ip', 'route', 'add', '2001:db8:78::/64', 'dev', 'eth0']);
  const many = perSource.connections + 60;
  const school = await world.crowd(server.internet, 443, '198.18.0.12', 1500);
  assert.is(school.open, 1500);
  const hostile = await world.crowd(server.internet, 443, '198.18.0.11', many);
  assert.is(hostile.open, perSource.connections);
  // The relay's own ports count among all, and it is its own address that has no more.
  assert.is((await world.crowd(server.internet, 5349, '198.18.0.11', 5)).open, 0);
  assert.is((await world.crowd(server.internet, 443, '198.18.0.10', 5)).open, 5);
  // Over IPv6 a network counts as one, whichever of its addresses is used.
  const six = await world.crowd(server.internet6, 443, '2001:db8:77::11', many);
  assert.is(six.open, perSource.connections);
  assert.is((await world.crowd(server.internet6, 443, '2001:db8:77::10', 5)).open, 0);
  assert.is((await world.crowd(server.internet6, 443, '2001:db8:78::12', 5)).open, 5);
  // Rules from before come back; they begin to count anew.
  const directory = writeFiles('firewall-nftables', plan);
  assertSaid(script(directory, 'apply', 'no\n'), 'the rules from before are back');
  assert.is((await world.crowd(server.internet, 443, '198.18.0.11', 5)).open, 5);
});

when('counts what one source asks of the relay, over UDP and TCP together', async () => {
  load();
  world.run(world.outer, ['ip', 'addr', 'add', '198.18.0.11/24', 'dev', 'eth0']);
  const tcp = await world.crowd(server.internet, 5349, '198.18.0.11', perSource.flows + 40);
  assert.is(tcp.open, perSource.flows);
  const [udp] = world.probe(world.outer, [{ protocol: 'udp', host: server.internet, port: 3478 }]);
  assert.is(udp?.answers, true, 'another address');
  assert.is((await world.crowd(server.internet, 443, '198.18.0.11', 5)).open, 5, 'the page');
});

when('keeps the relay from the server’s own programs, and no program from others', () => {
  load();
  assertRelayApart(world);
});

when('answers neighbours, so that IPv6 works at all', () => {
  load();
  world.run(world.outer, ['ip', '-6', 'neigh', 'flush', 'dev', 'eth0']);
  world.run(world.server, ['ip', '-6', 'neigh', 'flush', 'dev', 'eth0']);
  const [answer] = world.probe(world.outer, [
    { protocol: 'tcp', host: server.internet6, port: 22 },
  ]);
  assert.ok(answer?.answers);
});

test.run();
