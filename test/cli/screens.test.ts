import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commands } from '../../src/cli/commands/index.ts';
import { diagnosisText } from '../../src/cli/report/doctor.ts';
import { linesOf } from '../../src/cli/report/fit.ts';
import { run } from '../../src/cli/run.ts';
import { loadStages } from '../../src/cli/stages.ts';
import { screen } from '../../src/cli/terminal.ts';
import { Folder, upstream, usualEnv } from '../adopt/installations.ts';
import type { StandIn } from '../answers/detect/stand-in.ts';
import { plainTerminal } from './plain-terminal.ts';
import { type Shown, watched } from './screens.ts';
import { type Desk, desk, person, type Reply, server } from './stand-ins.ts';

const test = suite<{ home: Folder }>('nothing longer than a screen without being asked for');
test.before.each((context) => {
  context.home = new Folder();
});
test.after.each(({ home }) => home.remove());

/** Somebody at a terminal of 24 lines who gives no answers; the writing is real. */
function alone(home: Folder, host: StandIn = server): Desk {
  return { ...desk(home.path, { host, lines: screen.lines }), stages: loadStages };
}

/** What the call puts on the screen. */
async function called(home: Folder, words: readonly string[], code = 0, host?: StandIn) {
  const there = alone(home, host);
  assert.is(await run(words, there), code, there.said());
  const text = `${there.said()}${there.printed()}`;
  const lines = linesOf(text) - 1;
  assert.ok(lines <= screen.lines, `${words.join(' ')} takes ${lines} lines:\n${text}`);
  return text;
}

/** Every screen of a session in which somebody answers. */
async function asked(
  home: Folder,
  words: string[],
  replies: Readonly<Record<string, readonly Reply[]>>,
  host: StandIn = server,
): Promise<readonly Shown[]> {
  const { asker, shown } = watched(person(replies).asker);
  const session = { asker, asked: [], seen: [] };
  const there = { ...desk(home.path, { host, session, lines: screen.lines }), stages: loadStages };
  assert.is(await run(words, there), 0, there.said());
  for (const { at, lines, text } of shown()) {
    // What is asked for may be long.
    if (/^(Every change|Network)$/m.test(text)) continue;
    assert.ok(lines <= screen.lines, `at “${at}” there are ${lines} lines:\n${text}`);
  }
  return shown();
}

const own = ['--domain', 'meet.example.org', '--no-git', '--yes'];
const known = [
  ...own,
  '--certificates',
  'self-signed',
  '--network-public-addresses',
  '203.0.113.7',
];

test('the help, and what each command says of itself', async ({ home }) => {
  const first = await called(home, ['--help']);
  for (const name of Object.keys(commands)) {
    assert.match(first, `\n  ${name} `);
    await called(home, ['help', name]);
  }
  await called(home, ['help', 'answers']);
  assert.match(await called(home, ['help', 'answers', 'backup']), '--backup-place TEXT');
  const wrong = await called(home, ['help', 'answers', 'nope'], 2);
  assert.match(wrong, 'The answers have no part “nope”.');
});

test('lists of releases and settings, and everything on demand', async ({ home }) => {
  assert.match(await called(home, ['releases']), /… and \d+ older ones, with --details/);
  await called(home, ['settings']);
  await called(home, ['settings', 'video']);
  for (const command of ['releases', 'settings', '--help']) {
    const there = alone(home);
    await run([command, '--details'], there);
    assert.ok(linesOf(there.printed()) > screen.lines, command);
  }
});

test('creating, and running again with and without changes', async ({ home }) => {
  const created = await called(home, ['meet', ...known]);
  assert.match(created, 'Created meet: ');
  assert.match(created, /\n\d\. Start it: \.\/stack up\n/);
  assert.match(created, 'npx create-jitsi-stack@latest meet --details');
  await called(home, ['meet', '--yes', '--no-git']);
  await called(home, ['meet', '--check']);
  const again = alone(home);
  assert.match(created, 'DIRECTORY --yes --answers meet/jitsi-stack.json');
  await run(['again', '--yes', '--no-git', '--answers', 'meet/jitsi-stack.json'], again);
  const answers = (stack: string) =>
    readFileSync(join(home.path, stack, 'jitsi-stack.json'), 'utf8');
  assert.is(answers('again'), answers('meet'));
  await called(home, ['explain', 'meet/compose.yaml']);
  await called(home, [
    'meet',
    '--yes',
    '--no-git',
    '--domain',
    'neu.example.org',
    '--edge',
    'haproxy',
  ]);
  const all = alone(home);
  await run(['meet', '--yes', '--no-git', '--details'], all);
  assert.match(all.printed(), 'The first start makes the missing secrets');
});

test('a computer that speaks against the stack in many ways', async ({ home }) => {
  const crowded: StandIn = {
    ...server,
    interfaces: { eth0: ['192.168.1.23/24'], wg0: ['10.8.0.2/24'] },
    names: {},
    files: { '/etc/docker/daemon.json': '{ "iptables": false, "ip6tables": false }' },
  };
  const words = ['meet', ...known, '--network-exposure', 'nat', '--network-ipv6'];
  await called(home, [...words, '--network-lan-addresses', '192.168.1.99'], 0, crowded);
});

test('another release, also with things to do by hand', async ({ home }) => {
  await called(home, ['meet', ...known, '--release', 'stable-9823']);
  writeFileSync(
    join(home.path, 'meet/users.sh'),
    'docker compose exec prosody prosodyctl adduser $1\n',
  );
  await called(home, ['meet', '--yes', '--no-git']);
  const update = await called(home, ['meet', '--yes', '--no-git', '--release', 'stable-11146-2']);
  assert.match(update, 'stable-9823 → stable-11146-2');
  assert.match(update, 'On the server: ./stack upgrade');
});

test('many errors at once', async ({ home }) => {
  const settings = Array.from({ length: 30 }, (_, index) => [
    '--set',
    `settings.NO_SUCH_${index}=1`,
  ]);
  const text = await called(home, ['meet', ...known, ...settings.flat()], 2);
  assert.match(text, /… and \d+ more, with --details/);
  await called(
    home,
    ['meet', '--yes', '--domain', 'x y', '--certificates', 'foo', '--turn', 'bar'],
    2,
  );
});

/** An installation with much that has no place in a stack. */
function install(home: Folder): void {
  const lost = Array.from({ length: 12 }, (_, index) => `OWN_VALUE_${index}=1`).join('\n');
  const kept = 'ENABLE_LOBBY=1\nENABLE_P2P=0\nMAX_PARTICIPANTS=30\nENABLE_PREJOIN_PAGE=1';
  for (const [path, text] of Object.entries(upstream(`${usualEnv}${lost}\n${kept}\n`)))
    home.write(`old/${path}`, text);
  const account = 'old/cfg/prosody/config/data/meet%2ejitsi/accounts/ada.dat';
  home.write(account, 'return {}\n');
}

test('adopting without questions', async ({ home }) => {
  install(home);
  const text = await called(home, ['adopt', 'old', 'meet', '--yes', '--no-git']);
  assert.match(text, /Not taken over(: |\n)/);
  assert.match(text, 'The same call with --details shows all of it.');
  const all = alone(home);
  await run(['adopt', 'old', 'meet', '--yes', '--no-git', '--details'], all);
  assert.match(all.said(), /\(\.env, line \d+\)/);
  assert.match(all.printed(), 'docker compose down');
});

test('adopting with questions, and each answer’s line on demand', async ({ home }) => {
  install(home);
  const replies = { 'Write it?': ['details', 'write'] };
  const screens = await asked(home, ['adopt', 'old', 'meet', '--no-git'], replies);
  assert.ok(screens.some(({ text }) => /\(\.env, line \d+\)/.test(text)));
});

const shapes: Readonly<Record<string, Readonly<Record<string, readonly Reply[]>>>> = {
  'the shortest way': { 'certificate come': ['self-signed'] },
  'behind a router, with every firewall': {
    'How will people reach': ['nat'],
    'certificate come': ['own'],
    'Which public IP': ['203.0.113.7'],
    'Which firewalls': [['nftables', 'mikrotik', 'opnsense']],
  },
  'with a directory': {
    'certificate come': ['self-signed'],
    'Which public IP': ['203.0.113.7'],
    'Who may open a room': ['ldap'],
    'Which entry are the people': ['ou=people,dc=example,dc=org'],
    'Which servers does your directory': ['directory.example.org'],
  },
  'for the local network': { 'How will people reach': ['lan'], 'certificate come': ['own'] },
};
for (const [name, replies] of Object.entries(shapes)) {
  test(`the wizard ${name}`, async ({ home }) => {
    const nowhere = { ...server, names: {}, interfaces: { eth0: ['192.168.1.23/24'] } };
    const host = name.includes('shortest') ? server : nowhere;
    const details = { ...replies, 'Write it?': ['details', 'write'] };
    const screens = await asked(
      home,
      ['meet', '--domain', 'meet.example.org', '--no-git'],
      details,
      host,
    );
    assert.match(screens.at(-1)?.text ?? '', 'Next steps');
    const change = ['meet', '--no-git', '--turn', 'none', '--edge', 'haproxy'];
    await asked(home, change, {}, host);
    await asked(home, ['meet', '--no-git'], {}, host);
  });
}

test('a doctor who finds much', () => {
  const findings = Array.from({ length: 20 }, (_, index) => ({
    check: 'ports' as const,
    subject: `${index}/tcp`,
    outcome: index % 3 === 0 ? ('ok' as const) : ('wrong' as const),
    seen: 'It accepts connections from here, but is for containers only, and nobody else.',
    why: 'Whoever reaches it bypasses the edge.',
    fix: 'Take what publishes it out of compose.override.yaml.',
  }));
  const diagnosis = { url: 'https://meet.example.org', vantage: 'outside' as const, findings };
  const text = diagnosisText(diagnosis, { ...plainTerminal, lines: screen.lines });
  assert.ok(linesOf(text) - 1 <= screen.lines, text);
  assert.match(text, /… and \d+ more: --details shows everything/);
  assert.match(text, '7 ok, 13 wrong, 0 not checked');
  assert.ok(linesOf(diagnosisText(diagnosis, plainTerminal)) > 80);
});

test.run();
