import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
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
  machineDoors,
} from './doors.ts';
import { temporary, writeFiles } from './files.ts';
import { assertRelayApart } from './limits.ts';
import { planFor, type Variant } from './plan.ts';
import { loopbackPort, machines, outer, server, World } from './world.ts';

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
function script(directory: string, options: string): string {
  const command = `./nftables.sh ${options} 2>&1 || echo "exit $?"`;
  return world.run(world.server, ['sh', '-c', `cd ${directory} && { ${command}; }`]);
}

function load(variant?: Variant): string {
  const directory = writeFiles('firewall-nftables', planFor(variant));
  assert.is(script(directory, 'load'), '');
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
  assertSaid(script(directory, 'plan'), 'needs a line break at its end');
  appendFileSync(extra, '\n');
  assert.is(script(directory, 'load'), '');
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
  script(directory, 'load');
  assert.is(ruleset(), once);
  assertSaid(once, 'table inet theirs');
  script(directory, 'remove');
  assert.is(ruleset(), before);
  assert.is(script(directory, 'remove'), '');
});

when('leaves existing connections alone', async () => {
  const talk = world.start(world.outer, ['node', '-e', stayConnected, server.internet, '9090']);
  assert.ok(talk.stdout && talk.stdin);
  assert.is(String(await once(talk.stdout, 'data')), 'a');
  script(load(), 'load');
  talk.stdin.write('b');
  assert.is(String(await once(talk.stdout, 'data')), 'b');
});

const stayConnected = `
  const socket = require('node:net').connect(process.argv[2], process.argv[1], () => socket.write('a'));
  socket.on('data', (data) => process.stdout.write(data));
  process.stdin.on('data', (data) => socket.write(data));`;

when('plan loads nothing and finds mistakes', () => {
  const directory = writeFiles('firewall-nftables', plan);
  const before = ruleset();
  assert.is(script(directory, 'plan'), '+ table inet jitsi_stack is not loaded\n');
  appendFileSync(join(directory, 'nftables-extra.nft'), 'tcp port 1 accept\n');
  assertSaid(
    script(directory, 'plan'),
    /syntax error[\s\S]*nftables refuses these rules\.\nexit 1/,
  );
  assert.is(ruleset(), before);
});

when('refuses to take the way to the internet for a bridge of Docker', () => {
  const directory = writeFiles('firewall-nftables', plan);
  world.run(world.server, [
    'sh',
    '-c',
    'ip link set eth0 down; ip link set eth0 name br-lan; ip link set br-lan up; ip route add default via 198.18.0.10',
  ]);
  assertSaid(script(directory, 'plan'), /The default route uses br-lan.*\nexit 1/);
});

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
  const before = temporary();
  assert.is(script(directory, `save ${before}`), '');
  load({ coturn: false });
  assert.is(script(directory, `restore ${before}`), '');
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

for (const family of ['internet', 'internet6'] as const)
  when(`lets in a further machine over the ${family}, and nobody else by its port`, () => {
    load({ coturn: false, machines: [outer[family]] });
    assertDoors(world, machineDoors(server[family]), 'from a machine and from others');
  });

test.run();
