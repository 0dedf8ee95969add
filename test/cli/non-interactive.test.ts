import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { run } from '../../src/cli/run.ts';
import { listening } from '../answers/detect/stand-in.ts';
import { desk, server } from './stand-ins.ts';

let folder = '';
const unasked = suite('without a terminal');
unasked.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), 'unasked-'));
});
unasked.after.each(() => rmSync(folder, { recursive: true }));

const enough = ['meet', '--domain', 'meet.example.org', '--certificates', 'self-signed'];

unasked('every missing answer is listed with its flag, and nothing is written', async () => {
  const there = desk(folder);
  assert.is(await run(['meet'], there), 2);
  assert.match(there.said(), '--domain NAME: Missing: name of the meeting site');
  assert.match(there.said(), '--certificates-email EMAIL: Missing');
  assert.not.match(there.said(), '--turn-domain');
  assert.is(there.printed(), '');
  assert.equal(there.writes, []);
  assert.equal(readdirSync(folder), []);
});

unasked('what this host suggests fills what is not answered', async () => {
  const there = desk(folder);
  assert.is(await run(enough, there), 0);
  const answers = there.answers();
  assert.equal(answers.network.publicAddresses, ['203.0.113.7']);
  assert.equal(answers.firewall, ['ufw']);
  assert.is(answers.host.timezone, 'Europe/Berlin');
  assert.is(there.writes[0]?.directory, join(folder, 'meet'));
});

unasked(
  'a directory that does not answer is said before anything is written, and holds nothing up',
  async () => {
    const there = desk(folder);
    const asks = ['--auth', 'ldap', '--auth-servers', '127.0.0.1:1', '--auth-base', 'dc=example'];
    assert.is(await run([...enough, ...asks], there), 0);
    const said = there.said().replace(/\s+/g, ' ');
    assert.match(
      said,
      /The directory 127\.0\.0\.1 cannot be reached from here at port 1: .*If the stack will run/,
    );
    assert.is(there.writes.length, 1);
  },
);

unasked('flags win over the answers file, that over the stack, that over the host', async () => {
  const there = desk(folder);
  await run(enough, there);
  const before = there.answers(0);
  writeFileSync(
    join(folder, 'jitsi-stack.json'),
    JSON.stringify({ ...before, host: { memory: 2048, timezone: 'UTC' } }),
  );
  writeFileSync(
    join(folder, 'answers.json'),
    JSON.stringify({
      turn: { mode: 'none' },
      auth: { mode: 'open', strangers: true, moderators: 'first' },
      host: { memory: 3000 },
    }),
  );
  await run(['.', '--answers', 'answers.json', '--auth', 'internal'], there);
  const { turn, auth, host, domain } = there.answers(1);
  assert.equal(turn, { mode: 'none' });
  assert.is(auth.mode, 'internal');
  assert.equal(host, { memory: 3000, timezone: 'UTC' });
  assert.is(domain, 'meet.example.org');
});

unasked('another edge takes the shared port along, whatever the stack said about it', async () => {
  const there = desk(folder);
  await run(enough, there);
  writeFileSync(join(folder, 'jitsi-stack.json'), JSON.stringify(there.answers(0)));
  assert.is(await run(['.', '--edge', 'haproxy'], there), 0, there.said());
  assert.is(there.answers(1).turn.share443, true);
  assert.is(await run(['.', '--edge', 'haproxy', '--turn-share443', 'false'], there), 2);
  assert.match(there.said(), 'Behind HAProxy the relay always shares port 443');
});

unasked('what listens on this host changes no run without questions', async () => {
  const files = { '/proc/net/tcp6': listening(80, 443) };
  const programs = { 'ss -Hltnp': 'LISTEN 0 1 *:443 *:* users:(("caddy",pid=7,fd=6))' };
  const there = desk(folder, { host: { ...server, files, programs } });
  await run(enough, there);
  assert.equal(there.answers().edge, { proxy: 'nginx' });
});

unasked(
  'a setting that opens a server with accounts is refused, at the first run and at every later one',
  async () => {
    const opened = ['--auth', 'internal', '--set', 'settings.JICOFO_ENABLE_AUTH=false'];
    const there = desk(folder);
    assert.is(await run([...enough, ...opened], there), 2);
    const said = there.said().replace(/\s+/g, ' ');
    assert.match(said, 'JICOFO_ENABLE_AUTH decides who may open a room');
    assert.match(said, 'guests too');
    assert.match(said, 'choose with --auth (auth.mode)');
    assert.equal(there.writes, []);

    await run(enough, there);
    const { settings, ...before } = there.answers(0);
    const stack = { ...before, settings: { ...settings, JICOFO_ENABLE_AUTH: false } };
    writeFileSync(join(folder, 'jitsi-stack.json'), JSON.stringify(stack));
    for (const flags of [[], ['--check'], ['--dry-run'], ['--set', 'settings.ENABLE_LOBBY=true']])
      assert.is(await run(['.', ...flags], there), 2, flags.join());
    assert.is(there.writes.length, 1);
  },
);

unasked('--check names what an owner’s own files do to access, and ends with 1', async () => {
  const report = { outcome: 'preview', changes: [] } as const;
  const there = desk(folder, { report });
  await run(enough, there);
  writeFileSync(join(folder, 'jitsi-stack.json'), JSON.stringify(there.answers(0)));
  writeFileSync(join(folder, 'compose.yaml'), 'services: {}\n');
  assert.is(await run(['.', '--check'], there), 0, there.printed());
  mkdirSync(join(folder, 'jitsi/jicofo'), { recursive: true });
  writeFileSync(join(folder, 'jitsi/jicofo/custom-jicofo.conf'), 'authentication.enabled=false\n');
  assert.is(await run(['.', '--check'], there), 1);
  const said = there.printed().replace(/\s+/g, ' ');
  assert.match(
    said,
    'jitsi/jicofo/custom-jicofo.conf, line 1: authentication decides about access',
  );
  assert.match(said, 'Take it out, then run ./stack up');
  const before = there.printed().length;
  assert.is(await run(['.', '--check', '--json'], there), 1);
  const { access } = JSON.parse(there.printed().slice(before));
  assert.is(access.undone[0].name, 'authentication');
});

unasked('an unknown answer is blamed on the file that has it, and cut', async () => {
  const there = desk(folder);
  await run(enough, there);
  writeFileSync(join(folder, 'jitsi-stack.json'), JSON.stringify(there.answers(0)));
  writeFileSync(join(folder, 'more.json'), JSON.stringify({ ['x'.repeat(300_000)]: 1 }));
  assert.is(await run(['.', '--answers', 'more.json'], there), 2);
  assert.match(there.said(), /more\.json[,:]/);
  assert.not.match(there.said(), /jitsi-stack\.json/);
  assert.ok(there.said().length < 3000);
});

unasked('a stack in the current directory needs no name', async () => {
  const there = desk(folder);
  await run(enough, there);
  writeFileSync(join(folder, 'jitsi-stack.json'), JSON.stringify(there.answers(0)));
  await run(['--yes'], there);
  assert.is(there.writes[1]?.directory, folder);
});

unasked('an empty repository is the place; next to other files a folder is made', async () => {
  const there = desk(folder);
  mkdirSync(join(folder, '.git'));
  await run(enough.slice(1), there);
  assert.is(there.writes[0]?.directory, folder);
  writeFileSync(join(folder, 'README.md'), 'mine');
  await run(enough.slice(1), there);
  assert.is(there.writes[1]?.directory, join(folder, 'meet'));
});

unasked('addresses do not outlive the way of reaching them', async () => {
  const there = desk(folder, {
    host: { ...server, interfaces: { eth0: ['203.0.113.7/24'], eth1: ['10.0.0.5/24'] } },
  });
  await run(enough, there);
  writeFileSync(join(folder, 'jitsi-stack.json'), JSON.stringify(there.answers(0)));
  await run(['.', '--network-exposure', 'lan'], there);
  const { network } = there.answers(1);
  assert.equal([network.publicAddresses, network.lanAddresses], [[], ['10.0.0.5']]);
});

unasked('a wrong answer is named by what gave it', async () => {
  const there = desk(folder);
  writeFileSync(
    join(folder, 'answers.json'),
    JSON.stringify({ turn: { mode: 'magic' }, nonsense: 1 }),
  );
  assert.is(
    await run([...enough, '--domain', 'https://meet', '--answers', 'answers.json'], there),
    2,
  );
  assert.match(there.said(), '--domain: Give the bare name without “https://”.');
  assert.match(there.said(), 'answers.json, turn.mode:');
  assert.match(there.said(), 'no answer called “nonsense”');
  assert.equal(there.writes, []);
});

unasked('a network that this host uses is refused where it was named', async () => {
  const host = { ...server, interfaces: { ...server.interfaces, docker0: ['172.28.0.1/16'] } };
  const there = desk(folder, { host });
  assert.is(await run([...enough, '--network-subnet', '172.28.0.0/24'], there), 2);
  assert.match(there.said(), '--network-subnet: 172.28.0.0/24 collides with 172.28.0.0/16');
  assert.is(await run(enough, there), 0);
  assert.is(there.answers(0).network.subnet, '172.29.0.0/24');
});

unasked('--json prints one document, also for a refusal', async () => {
  const there = desk(folder);
  assert.is(await run([...enough, '--json'], there), 0);
  const result = JSON.parse(there.printed());
  assert.equal([result.outcome, result.url], ['created', 'https://meet.example.org']);

  const refused = desk(folder);
  assert.is(await run(['meet', '--json'], refused), 2);
  assert.is(JSON.parse(refused.printed()).problems[0].where, '--domain NAME');
});

unasked('--dry-run and --check write nothing; --check says by its code what it found', async () => {
  const there = desk(folder, { report: { diff: '+new line\n' } });
  assert.is(await run([...enough, '--dry-run'], there), 0);
  assert.match(there.printed(), 'A run would change 1 file in meet.');
  assert.match(there.printed(), '+new line');
  assert.ok(there.writes[0]?.options.dryRun);
  assert.is(await run([...enough, '--check'], there), 2);
  assert.match(there.said(), 'There is no stack here');

  writeFileSync(join(folder, 'jitsi-stack.json'), JSON.stringify(there.answers(0)));
  assert.is(await run(['--check'], there), 1);
  const current = desk(folder, { report: { outcome: 'unchanged', changes: [] } });
  assert.is(await run(['--check'], current), 0);
});

unasked(
  'releases lists what --release takes, the newest first, below what is out and not read',
  async () => {
    const there = desk(folder);
    assert.is(await run(['releases'], there), 0);
    assert.match(
      there.printed(),
      /^stable-11248 +2026-09-15 +out, not read yet[\s\S]+\nstable-11146-2 +2026-08-17 +newest, the default\nstable-11146-1 /,
    );
    const json = desk(folder);
    await run(['releases', '--json'], json);
    const listed: { tag: string; unread?: true }[] = JSON.parse(json.printed());
    assert.is(listed.find(({ unread }) => !unread)?.tag, 'stable-11146-2');
  },
);

unasked('diff prints the diff alone', async () => {
  const there = desk(folder, { report: { diff: 'diff --git a/x b/x\n' } });
  await run(enough, there);
  writeFileSync(join(folder, 'jitsi-stack.json'), JSON.stringify(there.answers(0)));
  const later = desk(folder, { report: { diff: 'diff --git a/x b/x\n' } });
  assert.is(await run(['diff'], later), 0);
  assert.is(later.printed(), 'diff --git a/x b/x\n');
});

unasked('a conflict shows each place and the ways on, with this call’s own flags', async () => {
  const overlap = { path: 'compose.yaml', line: 3, lines: 1, base: '', mine: 'a\n', new: 'b\n' };
  const there = desk(folder, { report: { outcome: 'overlap', overlaps: [overlap] } });
  assert.is(await run(enough, there), 1);
  assert.match(there.printed(), 'compose.yaml, line 3\nmine\n< a\nnew\n> b');
  assert.match(
    there.printed(),
    `npx create-jitsi-stack@latest ${enough.join(' ')} --mine compose.yaml`,
  );
});

unasked('a mistake gets a sentence, a defect its stack', async () => {
  const there = desk(folder);
  assert.is(await run(['one', 'two', '--yes'], there), 2);
  assert.match(there.said(), 'One directory is enough');
  writeFileSync(join(folder, 'file'), '');
  assert.is(await run(['file', '--yes'], there), 2);
  assert.match(there.said(), 'file: This is a file; a directory is needed.');
  assert.not.match(there.said(), 'at ');

  const broken = {
    ...desk(folder),
    stages: async () => Promise.reject(new TypeError('x is undefined')),
  };
  assert.is(await run(enough, broken), 1);
  assert.match(broken.said(), 'This is a defect of create-jitsi-stack');
  assert.match(broken.said(), 'TypeError: x is undefined\n    at ');
});

unasked.run();
