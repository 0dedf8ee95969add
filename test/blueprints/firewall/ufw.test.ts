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
} from './doors.ts';
import { temporary, writeFiles } from './files.ts';
import { assertRelayApart, assertShare } from './limits.ts';
import { planFor, type Variant } from './plan.ts';
import { machines, server, World } from './world.ts';

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

const write = (variant?: Variant) => writeFiles('firewall-ufw', planFor(variant));
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
    const directory = write();
    const preview = run(`${directory}/ufw.sh check`);
    assertSaid(preview, /^\+ ufw allow 22\/tcp\tssh$/m);
    assertSaid(preview, /^\+-A DOCKER-USER -o jitsi0 -j JITSI-STACK$/m);
    assert.not.match(rules(), 'JITSI-STACK');
    assertSaid(run(`${directory}/ufw.sh apply`), 'ufw is not active, so nothing is filtered yet.');
    assertSaid(run('ufw status'), 'inactive');

    run('ufw --force enable');
    assertDoors(world, [...everywhere, ...detours], 'loaded');
    assertContainersFree(world, { server: false });
    world.docker();
    assertDoors(world, everywhere, 'after a restart of Docker');
    run('ufw reload');
    assertDoors(world, [...everywhere, ...detours], 'after a reload of ufw');
    await assertShare(world);
    assertRelayApart(world);

    const once = { text: rules(), text6: rules('after6.rules'), tables: tables() };
    run(`${directory}/ufw.sh apply`);
    assert.equal({ text: rules(), text6: rules('after6.rules'), tables: tables() }, once);
    assert.is(run(`${directory}/ufw.sh check`), 'ufw is in line with the port table.\n');

    const less = write({ coturn: false });
    assertSaid(run(`${less}/ufw.sh check`), /^- ufw allow 5349\/tcp\tturn-tls$/m);
    run(`${less}/ufw.sh apply`);
    assertDoors(world, doorsAt(server.internet, planFor({ coturn: false })), 'without a relay');
  },
);

when('lets in private addresses only when the stack is for the local network', () => {
  const variant = { exposure: 'lan', coturn: false } as const;
  const directory = write(variant);
  const local = planFor(variant);
  run(`${directory}/ufw.sh apply; ufw --force enable`);
  assertDoors(world, doorsInside(local), 'local network');
});

when('remove leaves the files byte for byte, the owner’s rules and SSH', () => {
  // The owner's own: a rule in the file, which does not end with its line, and two for ports of the table.
  writeFileSync(join(etc, 'ufw/after.rules'), `${rules()}# mine`);
  run('ufw limit 22/tcp; ufw allow 443/tcp; ufw --force enable');
  const before = { text: rules(), text6: rules('after6.rules') };
  const directory = write({ coturn: false });
  run(`${directory}/ufw.sh apply`);
  assertSaid(run('ufw show added'), /^ufw limit 22\/tcp$/m);
  assertSaid(run(`${directory}/ufw.sh remove`), 'The rules are gone');
  assert.equal({ text: rules(), text6: rules('after6.rules') }, before);
  assert.is(added(), 'ufw limit 22/tcp;ufw allow 443/tcp');
  assert.not.match(tables(), 'JITSI-STACK');
  assert.not(existsSync(join(etc, 'ufw/after.rules.before-jitsi-stack')));
  run(`${directory}/ufw.sh remove`);
  assert.equal({ text: rules(), text6: rules('after6.rules') }, before);
});

when('its own rule for SSH stays at remove', () => {
  const directory = write({ sshPort: 2222, coturn: false });
  run(`${directory}/ufw.sh apply; ${directory}/ufw.sh remove`);
  assert.is(added(), "ufw allow 2222/tcp comment 'jitsi-stack ssh'");
});

when('puts the files back when ufw does not take them', () => {
  run('ufw --force enable');
  const before = rules();
  const broken = `ufw() { [ "$1" != reload ] || [ -e ${etc}/tried ] || { : >${etc}/tried; return 1; }; command ufw "$@"; }`;
  const directory = write({ coturn: false });
  const script = join(directory, 'ufw.sh');
  writeFileSync(
    script,
    readFileSync(script, 'utf8').replace('\nusage() {', `\n${broken}\nusage() {`),
  );
  assertSaid(
    run(`${script} apply`),
    'ufw did not accept the new rules; those from before are back.\nexit 1',
  );
  assert.is(rules(), before);
});

when('refuses files that it would harm', () => {
  const directory = write({ coturn: false });
  const original = rules();
  for (const [text, message] of [
    [`${original}*filter\n:DOCKER-USER - [0:0]\nCOMMIT\n`, 'other rules for DOCKER-USER'],
    [`# BEGIN jitsi-stack, kept by its ufw.sh\n${original}`, 'are damaged'],
  ] as const) {
    writeFileSync(join(etc, 'ufw/after.rules'), text);
    assertSaid(run(`${directory}/ufw.sh apply`), message);
    assert.is(rules(), text);
  }
});

test.run();
