import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { run } from '../../src/cli/run.ts';
import { loadStages } from '../../src/cli/stages.ts';
import { type Desk, desk, person } from './stand-ins.ts';

let folder = '';
const upgrade = suite('another release of Jitsi');
upgrade.before.each(async () => {
  folder = mkdtempSync(join(tmpdir(), 'upgrade-'));
  const first = real();
  const answers = ['--domain', 'meet.example.org', '--certificates', 'self-signed'];
  const code = await run(['.', ...answers, '--release', 'stable-11031', '--no-git'], first);
  assert.is(code, 0, first.said());
});
upgrade.after.each(() => rmSync(folder, { recursive: true }));

/** Everything is real, the writing too. */
function real(session?: ReturnType<typeof person>): Desk {
  return { ...desk(folder, session ? { session } : {}), stages: loadStages };
}
const compose = () => readFileSync(join(folder, 'compose.yaml'), 'utf8');

upgrade('is explained by --dry-run before its diff, and in --json', async () => {
  const there = real();
  await run(['--release', 'stable-11146-2', '--dry-run', '--no-git'], there);
  const [report = '', diff = ''] = there.printed().split('A run would change');
  assert.match(report, 'stable-11031 → stable-11146-2');
  assert.match(report, 'Changes by itself');
  assert.not.match(report, 'do by hand', 'nothing here is the owner’s own');
  assert.match(report, '$ ./stack upgrade');
  assert.match(diff, 'ghcr.io/jitsi/web:stable-11146-2');
  const json = real();
  await run(['--release', 'stable-11146-2', '--dry-run', '--json', '--no-git'], json);
  const { upgrade: found } = JSON.parse(json.printed());
  assert.equal([found.from, found.to], ['stable-11031', 'stable-11146-2']);
  assert.match(compose(), 'jitsi/web:stable-11031');
});

upgrade('names what is to do for what the owner has made', async () => {
  writeFileSync(join(folder, 'accounts.sh'), 'docker compose exec prosody prosodyctl adduser $1\n');
  mkdirSync(join(folder, 'nginx/sites'), { recursive: true });
  writeFileSync(join(folder, 'nginx/sites/wiki.conf'), 'server { listen 8443; }\n');
  const there = real();
  await run(['--release', 'stable-11146-2', '--dry-run', '--no-git'], there);
  const [, rest = ''] = there.printed().replace(/\s+/g, ' ').split('To look at, or to do by hand');
  const [byHand = ''] = rest.split('Changes by itself');
  assert.match(byHand, 'Change own scripts that call prosodyctl');
  assert.match(byHand, 'Remove those paths and that port from own proxies');
  assert.not.match(byHand, 'Mirrors');
});

upgrade(
  'is offered by every run that could have it, and is no reason for exit code 1',
  async () => {
    const command = 'npx create-jitsi-stack@latest --release stable-11146-2 --dry-run';
    for (const options of [[], ['--check'], ['--dry-run']]) {
      const there = real();
      assert.is(await run([...options, '--no-git'], there), 0, there.said());
      const text = there.printed().replace(/\s+/g, ' ');
      assert.match(text, 'A newer Jitsi is out: stable-11146-2 of 2026-08-17.', options.join());
      assert.match(text, 'This stack has stable-11031 of 2026-06-08.');
      assert.match(text, command);
      assert.match(text, 'Jitsi stable-11248 has been out since September 2026.');
    }
    const json = real();
    await run(['--check', '--json', '--no-git'], json);
    const result = JSON.parse(json.printed());
    assert.is(result.newer.tag, 'stable-11146-2');
    assert.is(result.notKnownYet.tag, 'stable-11248');
    const session = person({ 'Write it?': ['write'] });
    const asked = real(session);
    assert.is(await run(['--no-git'], asked), 0);
    const seen = session.seen.join('\n').replace(/\s+/g, ' ');
    assert.match(seen, command);
    assert.match(seen, 'stable-11248 has been out since September 2026');
  },
);

upgrade('is not offered to a stack that has the newest', async () => {
  await run(['--release', 'stable-11146-2', '--no-git'], real());
  const there = real();
  await run(['--check', '--no-git'], there);
  assert.not.match(there.printed(), 'A newer Jitsi');
});

upgrade(
  'finds dead names and old ports in files of the owner, and quotes none of them',
  async () => {
    const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
    write(
      'compose.override.yaml',
      'services:\n  web:\n    ports: ["8080:80"]\n    environment:\n      ENABLE_COLIBRI_WEBSOCKET: hunter2\n',
    );
    write('nginx/sites/extra.conf', '# web:80 was here\nproxy_pass http://web:80;\n');
    mkdirSync(join(folder, 'haproxy/sites'), { recursive: true });
    write('haproxy/sites/web.cfg', 'backend site\n    server web web:80\n');
    appendFileSync(join(folder, '.env'), 'ENABLE_SCTP=1\n');
    const there = real();
    await run(['--release', 'stable-11146-2', '--dry-run', '--json', '--no-git'], there);
    const { mentions } = JSON.parse(there.printed()).upgrade;
    const found = mentions.map((one: Record<string, unknown>) => `${one.path} ${one.line}`);
    assert.equal(found.slice(1), [
      'compose.override.yaml 3',
      'compose.override.yaml 5',
      'haproxy/sites/web.cfg 2',
      'nginx/sites/extra.conf 2',
    ]);
    assert.match(found[0], '.env ');
    assert.not.match(there.printed(), 'hunter2');
  },
);

upgrade('is said before it is written, and not again afterwards', async () => {
  const there = real();
  await run(['--yes', '--release', 'stable-11146-2', '--no-git'], there);
  assert.match(there.said(), 'Replaced: prosody, web, jicofo, jvb.');
  assert.match(compose(), 'jitsi/web:stable-11146-2');
  const again = real();
  await run(['--yes', '--no-git'], again);
  assert.not.match(again.said(), 'Replaced');
  assert.match(again.printed(), 'up to date');
});

upgrade('is part of the review', async () => {
  const session = person({ 'Write it?': [{ cancel: true }] });
  assert.is(await run(['--release', 'stable-11146-2', '--no-git'], real(session)), 130);
  const shown = session.seen.find((text) => text.startsWith('Another release of Jitsi'));
  assert.match(shown ?? '', 'stable-11031 → stable-11146-2');
});

/** A stack of the older release with these settings. */
async function withSettings(release: string, settings: Record<string, unknown>): Promise<void> {
  rmSync(folder, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), 'upgrade-'));
  const there = real();
  const words = ['--domain', 'meet.example.org', '--certificates', 'self-signed'];
  const set = Object.entries(settings).flatMap(([name, value]) => [
    '--set',
    `settings.${name}=${value}`,
  ]);
  assert.is(
    await run(['.', '--yes', ...words, ...set, '--release', release, '--no-git'], there),
    0,
    there.said(),
  );
}
const settings = () => JSON.parse(readFileSync(join(folder, 'jitsi-stack.json'), 'utf8')).settings;

upgrade('with settings that are gone: the report first, then what to delete', async () => {
  await withSettings('stable-11031', { ENABLE_SCTP: 'true', ENABLE_LOBBY: 'false' });
  const before = compose();
  for (const more of [['--yes'], ['--dry-run'], ['--check']]) {
    const there = real();
    const code = await run(['--release', 'stable-11146-2', '--no-git', ...more], there);
    assert.is(code, 2, more[0]);
    const [report = '', refusal = ''] = there.said().split('✗ ');
    assert.match(report, 'Settings that are gone');
    assert.match(report, 'stable-11146 removed ENABLE_SCTP.');
    assert.match(report, 'Images');
    assert.match(refusal, /^jitsi-stack.json, settings.ENABLE_SCTP: /);
    assert.match(refusal.replace(/\s+/g, ' '), 'Delete what is named here from “settings”');
    assert.not.match(there.said(), 'settings.ENABLE_LOBBY');
    assert.is(there.printed(), '');
  }
  const json = real();
  const words = ['--release', 'stable-11146-2', '--json', '--no-git'];
  assert.is(await run(words, json), 2);
  const { outcome, problems, upgrade: found } = JSON.parse(json.printed());
  assert.is(outcome, 'refused');
  assert.is(problems.length, 1);
  assert.is(found.gone[0].name, 'ENABLE_SCTP');
  assert.is(found.to, 'stable-11146-2');
  assert.is(compose(), before);
});

upgrade('with settings that are gone leaves them out where somebody agrees', async () => {
  await withSettings('stable-11031', { ENABLE_SCTP: 'true', ENABLE_LOBBY: 'false' });
  const session = person();
  const there = real(session);
  assert.is(await run(['--release', 'stable-11146-2', '--no-git'], there), 0, there.said());
  const { offered } = session.asked.find(({ question }) => question === 'Write it?') ?? {};
  assert.match(JSON.stringify(offered), 'Write it, without ENABLE_SCTP');
  assert.match(session.seen.join('\n'), 'stable-11146 removed ENABLE_SCTP.');
  assert.equal(settings(), { ENABLE_LOBBY: false });
});

upgrade('refuses a setting that nothing in the stack reads, under whatever name', async () => {
  await withSettings('stable-10008', {});
  const set = ['--set', 'settings.JIBRI_RECORDING_VIDEO_ENCODE_PRESET=fast'];
  const there = real();
  const words = ['--yes', '--release', 'stable-10078-1', '--no-git', ...set];
  assert.is(await run(words, there), 2);
  const said = there.said().replace(/\s+/g, ' ');
  assert.match(
    said,
    /new name, taken over - JIBRI_RECORDING_VIDEO_ENCODE_PRESET →|it needs the service jibri/,
  );
  assert.equal(settings(), {});
});

upgrade('still refuses a name that no release read', async () => {
  await withSettings('stable-11031', {});
  const there = real();
  const words = ['--yes', '--release', 'stable-11146-2', '--set', 'settings.ENABLE_LOBBI=1'];
  assert.is(await run(words, there), 2);
  assert.match(there.said().replace(/\s+/g, ' '), 'Did you mean ENABLE_LOBBY?');
});

upgrade('to an older release is refused, and nothing changes', async () => {
  const before = compose();
  const there = real();
  assert.is(await run(['--yes', '--release', 'stable-10978', '--no-git'], there), 2);
  assert.match(there.said(), 'stable-10978 is older than stable-11031');
  assert.is(compose(), before);
});

upgrade('to one that came out later goes by the newest known rules', async () => {
  const there = real();
  assert.is(await run(['--yes', '--release', 'stable-99999', '--no-git'], there), 0);
  assert.match(there.said(), 'is newer than what this version of create-jitsi-stack knows');
  assert.match(compose(), 'ghcr.io/jitsi/web:stable-99999');
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  assert.match(readme, 'by the rules of stable-11146-2');
});

upgrade.run();
