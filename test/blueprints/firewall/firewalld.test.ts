import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../../lab/process.ts';
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
import { Firewalld } from './firewalld.ts';
import { assertRelayApart, assertShare } from './limits.ts';
import { planFor } from './plan.ts';
import { FirewallStack, nearby } from './stack.ts';
import { machines, outer, server, World } from './world.ts';

const test = suite('firewalld, really running');
const programs = ['host:firewalld', 'host:firewall-cmd', 'host:dbus-daemon', 'host:nft'] as const;
const when = await needs(test, ...machines, ...programs);
let world: World;
let firewalld: Firewalld;

const plan = planFor();
const everywhere = [server.internet, server.internet6].flatMap((host) => doorsAt(host, plan));

test.before.each(async () => {
  world = await World.create();
  firewalld = new Firewalld(world);
});
test.after.each(() => {
  world.destroy();
});

/** The lines of the files that firewalld keeps it in. It adds to their ends, so what was brought back stands in another order. */
const stored = () =>
  ['zones/public.xml', 'services/jitsi-stack.xml', 'direct.xml']
    .map((name) => join(firewalld.configuration, name))
    .map((path) => existsSync(path) && readFileSync(path, 'utf8').split('\n').sort());

/** Everything that firewalld keeps for good. */
const permanent = () =>
  firewalld.run(
    'firewall-cmd --permanent --list-all; firewall-cmd --permanent --direct --get-all-rules; firewall-cmd --permanent --direct --get-all-chains; firewall-cmd --permanent --get-services',
  );

when(
  'lets in the port table and nothing else, now and after reloads, follows its changes, and goes without a trace',
  async () => {
    const stack = new FirewallStack(['firewalld'], plan);
    assertSaid(
      firewalld.run(stack.call('apply --yes')),
      /firewalld is not running\.[\s\S]*Nothing was changed\.\nexit 1/,
    );
    firewalld.start();
    assertDoors(
      world,
      [{ protocol: 'tcp', host: server.internet, port: 9090, open: true }],
      'firewalld alone',
    );
    const before = permanent();
    const untouched = stored();
    assertSaid(firewalld.run(stack.call('plan')), /^\+ port jitsi-stack 50000-50199\/udp$/m);
    assert.equal(stored(), untouched);

    firewalld.run(stack.install());
    world.docker();
    assertDoors(world, [...everywhere, ...detours], 'loaded');
    assertContainersFree(world);

    const once = stored();
    assertSaid(
      firewalld.run(stack.call('apply --yes')),
      'Everything is in force as these files say.',
    );
    assert.equal(stored(), once);
    firewalld.run('iptables -F DOCKER-USER');
    assertSaid(firewalld.run(stack.call('plan')), /^\+ firewall-cmd --reload$/m);
    firewalld.run(stack.install());
    world.docker();
    assertDoors(
      world,
      [...everywhere, ...detours],
      'after somebody has flushed the rules, and a reload',
    );
    assert.equal(stored(), once);
    await assertShare(world);
    assertRelayApart(world);

    const variant = { exposure: 'lan', coturn: false } as const;
    // The outer machine has this address in the local network.
    const local = planFor({ ...variant, machines: ['192.168.10.30', outer.internet6] });
    stack.update(['firewalld'], planFor({ coturn: false }));
    firewalld.run(stack.call('apply --yes', { seconds: 1 }));
    assert.not.equal(stored()[1], once[1]);
    await until('the rules from before are back', 120, () =>
      existsSync(join(stack.home, 'undone')),
    );
    assert.equal(stored(), once);

    stack.update(['firewalld'], local);
    // The zone's own service lets SSH in from everywhere.
    firewalld.run(`firewall-cmd -q --permanent --remove-service=ssh; ${stack.install(nearby)}`);
    world.docker();
    assertDoors(
      world,
      [
        ...doorsInside(local).filter(({ port }) => port !== 5222),
        ...machineDoors(server.lan, server.internet6),
      ],
      'for the local network, one machine of it, and one elsewhere',
    );

    assertSaid(firewalld.run(stack.call('remove --yes')), 'The port of SSH stays open');
    assert.is(
      permanent(),
      before.replace(/services: .*/, 'services: dhcpv6-client').replace('ports: ', 'ports: 22/tcp'),
      'as before, with SSH open',
    );
  },
);

test.run();
