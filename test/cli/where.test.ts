import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { run } from '../../src/cli/run.ts';
import type { StandIn } from '../answers/detect/stand-in.ts';
import { desk, person, type Reply, server } from './stand-ins.ts';

let folder = '';
const where = suite('whose computer');
where.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), 'where-'));
});
where.after.each(() => rmSync(folder, { recursive: true }));

/** Somebody's laptop at home; the name leads to a rented server. */
const laptop: StandIn = {
  interfaces: { wlan0: ['192.168.1.23/24', '2001:db8:7::23/64'] },
  names: { 'meet.example.org': ['203.0.113.7'] },
  files: { '/etc/ufw/ufw.conf': 'ENABLED=yes' },
  environment: { WAYLAND_DISPLAY: 'wayland-0' },
  memory: 24105,
};
const given = ['meet', '--domain', 'meet.example.org', '--certificates', 'self-signed'];

async function answer(replies: Readonly<Record<string, readonly Reply[]>>, host: StandIn) {
  const session = person({
    'Which name will people type': ['meet.example.org'],
    'Where will the HTTPS certificate': ['self-signed'],
    ...replies,
  });
  const there = desk(folder, { session, host });
  return { code: await run([], there), session, there };
}

where('nothing of a laptop is taken over: its name’s address counts, memory is asked', async () => {
  const { code, session, there } = await answer({ 'How much memory': ['2 GB'] }, laptop);
  assert.is(code, 0, there.said());
  const { network, host, firewall } = there.answers();
  assert.equal([network.exposure, network.publicAddresses], ['public', ['203.0.113.7']]);
  assert.equal(network.lanAddresses, []);
  assert.equal(host, { here: false, memory: 2048, timezone: 'UTC' });
  assert.equal(firewall, []);
  assert.not.match(session.seen.join('\n'), '192.168.1.23');
  assert.ok(session.asked.length <= 11);
});

where('whoever sits at the computer is asked with No proposed, and Yes on a server', async () => {
  const proposed = async (host: StandIn) => {
    const { session } = await answer({ 'How much memory': ['4 GB'] }, host);
    return session.asked.find(({ question }) => question.includes('on this computer'))?.answer;
  };
  assert.is(await proposed(laptop), false);
  assert.is(await proposed({ ...laptop, environment: { SSH_CONNECTION: 'a 1 b 22' } }), true);
  assert.is(await proposed({ ...laptop, environment: {} }), true);
  assert.is(await proposed({ ...laptop, environment: {}, platform: 'darwin' }), false);
  const battery = { ...laptop.files, '/sys/class/power_supply/BAT0': '' };
  assert.is(await proposed({ ...laptop, environment: {}, files: battery }), false);
  assert.is(await proposed(server), true);
});

where('it is asked once: a later run detects nothing here either', async () => {
  const { there } = await answer({ 'How much memory': ['4 GB'] }, laptop);
  const { firewall: _, ...kept } = there.answers();
  writeFileSync(join(folder, 'jitsi-stack.json'), JSON.stringify(kept));
  const later = await answer({}, laptop);
  const questions = later.session.asked.map(({ question }) => question);
  assert.not(questions.some((question) => question.includes('on this computer')));
  assert.equal(later.there.answers().firewall, []);
});

where('without a terminal it is said what was taken from this computer', async () => {
  const there = desk(folder, { host: laptop });
  assert.is(await run(given, there), 0);
  const said = there.said().replace(/\s+/g, ' ');
  assert.match(said, 'Taken from this computer: ');
  for (const flag of ['--network-exposure nat', '--host-memory 24105', '--firewall ufw'])
    assert.match(said, flag);
  assert.match(said, '--network-lan-addresses 192.168.1.23');
  assert.not.match(said, '--network-public-addresses');
  assert.match(said, 'add --no-host-here');

  const json = desk(folder, { host: laptop });
  await run([...given, '--json'], json);
  const { takenFromHere } = JSON.parse(json.printed());
  assert.is(takenFromHere.answers['host.memory'], 24105);
  assert.match(takenFromHere.warning, '--no-host-here');
});

where('whoever says where it runs is not warned', async () => {
  const here = desk(folder, { host: laptop });
  await run([...given, '--host-here'], here);
  assert.not.match(here.said(), 'Taken from');
  assert.is(here.answers().host.here, true);

  const away = desk(folder, { host: laptop });
  assert.is(await run([...given, '--no-host-here'], away), 2);
  assert.match(away.said(), '--host-memory MEMORY: Missing');
  assert.is(await run([...given, '--no-host-here', '--host-memory', '4GB'], away), 0, away.said());
  assert.not.match(away.said(), 'Taken from');
  assert.equal(away.answers().host, { here: false, memory: 4096, timezone: 'UTC' });
});

where('how little memory is too little is said of the server, not of a file', async () => {
  const small = desk(folder, { host: { ...server, memory: 957 } });
  assert.is(await run(given, small), 0, small.said());
  assert.match(small.said().replace(/\s+/g, ' '), '957 MiB of memory are little for Jitsi');
  for (const memory of [600, 40]) {
    const tiny = desk(folder, { host: { ...server, memory } });
    assert.is(await run(given, tiny), 2);
    assert.not.match(tiny.said(), 'jitsi-stack.json');
    assert.match(tiny.said(), memory === 600 ? 'The server has 600 MiB' : '--host-memory: ');
  }
});

where('a stack that has all its answers takes nothing from anywhere', async () => {
  const there = desk(folder, { host: server });
  await run(given, there);
  writeFileSync(join(folder, 'jitsi-stack.json'), JSON.stringify(there.answers()));
  const before = readFileSync(join(folder, 'jitsi-stack.json'), 'utf8');
  const later = desk(folder, { host: laptop });
  assert.is(await run(['.', '--yes'], later), 0);
  assert.not.match(later.said(), 'Taken from');
  assert.equal(later.answers(), JSON.parse(before));
});

where(
  'for a cluster nothing is asked about a server, and nothing found here is taken',
  async () => {
    const session = person({
      'Which name will people type': ['meet.example.org'],
      'Which network do the cluster': ['10.42.0.0/16'],
      'Which ingress class': ['traefik'],
      'Where will the HTTPS certificate': ['own'],
      'Who may open a room': ['internal'],
      'Who else may join': ['wait'],
      'Write it?': ['write'],
    });
    const there = desk(folder, { session, host: laptop });
    assert.is(await run(['meet', '--runs', 'kubernetes'], there), 0, there.said());
    assert.is(session.asked.length, 7, session.asked.join('\n'));
    const { runs, network, host, ...others } = there.answers();
    assert.is(runs, 'kubernetes');
    assert.is(Object(others).kubernetes.pods, '10.42.0.0/16');
    assert.equal([network.publicAddresses, network.lanAddresses], [[], []]);
    assert.is(host.memory, 8192);
    assert.not.match(session.seen.join('\n'), /192\.168\.1\.23|203\.0\.113\.7/);
  },
);

where.run();
