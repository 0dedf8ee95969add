import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
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
import { temporary } from './files.ts';
import { assertRelayApart, assertShare } from './limits.ts';
import { planFor, type Variant } from './plan.ts';
import { FirewallStack, nearby } from './stack.ts';
import { machines, outer, server, World } from './world.ts';

const test = suite('ufw, really running');
const when = await needs(test, ...machines, 'host:ufw');
let world: World;
/** The server's own /etc/ufw and /etc/default. */
let etc: string;

const plan = planFor();
const everywhere = [server.internet, server.internet6].flatMap((host) => doorsAt(host, plan));

test.before.each(async () => {
  world = await World.create();
  etc = temporary();
  for (const name of ['ufw', 'default'])
    cpSync(join('/etc', name), join(etc, name), { recursive: true });
});
test.after.each(() => {
  world.destroy();
});

/** Runs a command on the server, with its own files in place of this machine's. */
function run(command: string): string {
  const mounts = ['ufw', 'default'].map((name) => `mount --bind ${etc}/${name} /etc/${name}`);
  return world.run(world.server, [
    'unshare',
    '-m',
    'sh',
    '-ec',
    [...mounts, 'mount -t tmpfs tmpfs /run', `{ ${command}; } 2>&1 || echo "exit $?"`].join('\n'),
  ]);
}

const write = (variant?: Variant) => new FirewallStack(['ufw'], planFor(variant), etc);
const rules = (name = 'after.rules') => readFileSync(join(etc, 'ufw', name), 'utf8');
const added = () => run('ufw show added').trim().split('\n').slice(1).join(';');
const tables = () =>
  run('iptables-save; ip6tables-save')
    .replace(/^#.*\n/gm, '')
    .replace(/\[\d+:\d+\]/g, '');

when('ufw alone leaves open what Docker publishes', () => {
  run('ufw allow 22/tcp; ufw --force enable');
  const [https] = doorsAt(server.internet, plan).filter(({ port }) => port === 9090);
  assert.ok(https);
  assertDoors(world, [{ ...https, open: true }], 'ufw alone');
});

when(
  'lets in the port table and nothing else, now and after reloads, and follows its changes',
  async () => {
    const stack = write();
    const preview = run(stack.call('plan'));
    assertSaid(preview, /^\+ ufw allow 22\/tcp\tssh$/m);
    assertSaid(preview, /^\+-A DOCKER-USER -o jitsi0 -j JITSI-STACK$/m);
    assertSaid(preview, /^\+ ufw enable$/m);
    assert.not.match(rules(), 'JITSI-STACK');
    run(stack.install());
    assertSaid(run('ufw status'), 'Status: active');
    assertDoors(world, [...everywhere, ...detours], 'loaded');
    assertContainersFree(world, { server: false });
    world.docker();
    assertDoors(world, everywhere, 'after a restart of Docker');
    run('ufw reload');
    assertDoors(world, [...everywhere, ...detours], 'after a reload of ufw');
    await assertShare(world);
    assertRelayApart(world);

    const once = { text: rules(), text6: rules('after6.rules'), tables: tables() };
    assertSaid(run(stack.call('apply --yes')), 'Everything is in force as these files say.');
    assert.equal({ text: rules(), text6: rules('after6.rules'), tables: tables() }, once);

    run('iptables -F; ip6tables -F');
    assertSaid(run(stack.call('plan')), '+ ufw: the rules are not loaded');
    run(stack.install());
    world.docker();
    assertDoors(world, [...everywhere, ...detours], 'after somebody has flushed the rules');

    stack.update(['ufw'], planFor({ coturn: false }));
    assertSaid(run(stack.call('plan')), /^- ufw allow 5349\/tcp\tturn-tls$/m);
    run(stack.install());
    assertDoors(world, doorsAt(server.internet, planFor({ coturn: false })), 'without a relay');
  },
);

when('lets in private addresses only when the stack is for the local network', () => {
  const variant = { exposure: 'lan', coturn: false } as const;
  const local = planFor(variant);
  run(write(variant).install(nearby));
  assertDoors(world, doorsInside(local), 'local network');
});

when('remove leaves the files byte for byte, the owner’s rules and SSH', () => {
  // The owner's own: a rule in the file, which does not end with its line, and two for ports of the table.
  writeFileSync(join(etc, 'ufw/after.rules'), `${rules()}# mine`);
  run('ufw limit 22/tcp; ufw allow 443/tcp; ufw --force enable');
  const before = { text: rules(), text6: rules('after6.rules') };
  const stack = write({ coturn: false });
  run(stack.install());
  assertSaid(run('ufw show added'), /^ufw limit 22\/tcp$/m);
  assertSaid(run(stack.call('remove --yes')), 'No rule of this stack is left.');
  assert.equal({ text: rules(), text6: rules('after6.rules') }, before);
  assert.is(added(), 'ufw limit 22/tcp;ufw allow 443/tcp');
  assert.not.match(tables(), 'JITSI-STACK');
  assert.not(existsSync(stack.home));
  run(stack.call('remove --yes'));
  assert.equal({ text: rules(), text6: rules('after6.rules') }, before);
});

when('its own rule for SSH stays at remove, and goes with a ufw that was off before', () => {
  const stack = write({ sshPort: 2222, coturn: false });
  const there = { session: '198.18.0.10 50022 198.18.0.50 2222', env: 'SSHD=2222' };
  const trial = `${stack.install(there)}; ${stack.call('remove --yes')}`;
  run(trial);
  assertSaid(run('ufw status'), 'inactive');
  assert.is(added(), '(None)');
  run('ufw --force enable');
  assertSaid(run(trial), 'sudo ufw delete allow 2222/tcp');
  assert.is(added(), "ufw allow 2222/tcp comment 'jitsi-stack ssh'");
});

when('goes back to what was there, also when ufw does not take the rules', async () => {
  run('ufw allow 22/tcp');
  const files = ['user.rules', 'user6.rules', 'after.rules', 'after6.rules', 'ufw.conf'];
  const state = () => [...files.map((name) => rules(name)), tables()];
  const stack = write({ coturn: false });
  const before = files.map((name) => rules(name));
  const waits = `timeout 120 sh -c 'until [ -e "${stack.home}/undone" ]; do sleep 0.2; done'; ufw status`;
  assertSaid(run(`${stack.call('apply --yes', { seconds: 1 })}; ${waits}`), 'inactive');
  assert.equal(
    files.map((name) => rules(name)),
    before,
  );

  run(`ufw --force enable; ${stack.call('status')}`);
  const active = state();
  run(`${stack.call('apply --yes', { seconds: 1 })}; ${waits}`);
  assert.equal(state(), active);

  const script = join(stack.directory, 'firewall/ufw.sh');
  const broken = `ufw() { [ "$1" != reload ] || [ -e ${etc}/tried ] || { : >${etc}/tried; return 1; }; command ufw "$@"; }`;
  writeFileSync(
    script,
    readFileSync(script, 'utf8').replace('\nusage() {', `\n${broken}\nusage() {`),
  );
  assertSaid(
    run(stack.call('apply --yes')),
    'ufw did not take the rules, see above. Those from before are back.',
  );
  assert.equal(state(), active);
});

when('refuses files that it would harm', () => {
  const stack = write({ coturn: false });
  const original = rules();
  for (const [text, message] of [
    [`${original}*filter\n:DOCKER-USER - [0:0]\nCOMMIT\n`, 'other rules for DOCKER-USER'],
    [`# BEGIN jitsi-stack, kept by its ufw.sh\n${original}`, 'are damaged'],
  ] as const) {
    writeFileSync(join(etc, 'ufw/after.rules'), text);
    assertSaid(run(stack.call('apply --yes')), message);
    assert.is(rules(), text);
  }
});

for (const family of ['internet', 'internet6'] as const)
  when(`lets in a further machine over the ${family}, and nobody else by its port`, () => {
    run(write({ coturn: false, machines: [outer[family]] }).install());
    assertDoors(world, machineDoors(server[family]), 'from a machine and from others');
  });

test.run();
