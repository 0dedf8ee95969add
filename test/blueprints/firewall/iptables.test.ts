import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
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
import { writeFiles } from './files.ts';
import { assertRelayApart, assertShare } from './limits.ts';
import { nameOf, planFor, variants } from './plan.ts';
import { FirewallStack, nearby } from './stack.ts';
import { loopbackPort, machines, outer, server, World } from './world.ts';

const test = suite('iptables, really loaded');
const when = await needs(test, ...machines, 'host:iptables-restore', 'host:ip6tables-restore');
let world: World;

const plan = planFor();
const everywhere = [server.internet, server.internet6].flatMap((host) => doorsAt(host, plan));

test.before.each(async () => {
  world = await World.create();
});
test.after.each(() => {
  world.destroy();
});

const sh = (command: string) => world.run(world.server, ['sh', '-c', command]);
const tables = () =>
  sh('iptables-save -t filter; ip6tables-save -t filter').replace(/^#.*\n|\[\d+:\d+\]/gm, '');

when(
  'lets in the port table and nothing else, after restarts in any order, and goes without a trace',
  async () => {
    // What fail2ban, say, has there.
    sh('iptables -w -N theirs; iptables -w -I INPUT -p tcp --dport 5349 -s 198.18.0.99 -j theirs');
    const before = tables();
    const stack = new FirewallStack(['iptables'], plan);
    sh(stack.install());
    assertDoors(world, [...everywhere, ...detours], 'loaded');
    assertContainersFree(world);
    const once = tables();
    world.docker();
    assert.is(tables().length, once.length);
    assertDoors(world, [...everywhere, ...detours], 'after a restart of Docker');
    await assertShare(world);
    assertRelayApart(world);
    // As a restart of netfilter-persistent does it, and then Docker.
    sh(
      'for program in iptables ip6tables; do $program-save -t nat | $program-restore; $program -w -F; $program -w -X; done',
    );
    sh(`sh '${stack.home}/kept/iptables/iptables.sh' load`);
    world.docker();
    assertDoors(world, [...everywhere, ...detours], 'flushed, loaded, and Docker restarted');
    sh('iptables -w -N theirs; iptables -w -A INPUT -p tcp --dport 5349 -s 198.18.0.99 -j theirs');
    sh(stack.call('remove --yes'));
    assert.not.match(tables(), 'JITSI');
    assert.is(tables(), before);
  },
);

when(
  'lets in what the answers and the owner say: one’s own ports, a local network, IPv4 alone',
  () => {
    const stack = new FirewallStack(['iptables'], planFor({ ipv6: false }));
    const extra = join(stack.directory, 'firewall/iptables-extra.rules');
    appendFileSync(extra, '-A JITSI-OWNER -p tcp -m conntrack --ctorigdstport 9090 -j ACCEPT');
    assertSaid(sh(stack.call('apply --yes')), 'needs a line break at its end');
    appendFileSync(extra, '\n');
    sh(stack.install());
    const opened = doorsAt(server.internet, plan).map((door) => ({
      ...door,
      open: door.open || (door.protocol === 'tcp' && door.port === 9090),
    }));
    const six = doorsAt(server.internet6, plan, (_from, service) => service === 'host');
    assertDoors(
      world,
      [...opened, ...six.filter(({ port }) => port !== 9090 && port !== loopbackPort)],
      'IPv4 only',
    );
    const local = planFor({ exposure: 'lan', coturn: false });
    stack.update(['iptables'], local);
    assertSaid(sh(stack.call('apply --yes', nearby)), 'sudo ./stack firewall confirm');
    const inside = doorsInside(local).filter(({ port }) => port !== 9090);
    assertDoors(world, inside, 'for the local network');
  },
);

when('iptables-restore takes all variants', () => {
  for (const variant of variants) {
    const folder = writeFiles('firewall-iptables', planFor(variant));
    const rules = `{ sed '/^COMMIT$/d' iptables.rules; cat iptables-extra.rules; echo COMMIT; }`;
    for (const program of ['iptables', 'ip6tables'])
      assert.is(
        sh(`cd ${folder}; ${rules} | ${program}-restore --test --noflush 2>&1 || echo refused`),
        '',
        nameOf(variant),
      );
  }
});

for (const family of ['internet', 'internet6'] as const)
  when(`lets in a further machine over the ${family}, and nobody else by its port`, () => {
    sh(new FirewallStack(['iptables'], planFor({ machines: [outer[family]] })).install());
    assertDoors(world, machineDoors(server[family]), 'from a machine and from others');
  });

test.run();
