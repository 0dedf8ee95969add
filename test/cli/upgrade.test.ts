import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  assert.match(report, 'To look at, or to do by hand');
  assert.match(report, '$ docker compose pull');
  assert.match(diff, 'ghcr.io/jitsi/web:stable-11146-2');
  const json = real();
  await run(['--release', 'stable-11146-2', '--dry-run', '--json', '--no-git'], json);
  const { upgrade: found } = JSON.parse(json.printed());
  assert.equal([found.from, found.to], ['stable-11031', 'stable-11146-2']);
  assert.match(compose(), 'jitsi/web:stable-11031');
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
    appendFileSync(join(folder, '.env'), 'ENABLE_SCTP=1\n');
    const there = real();
    await run(['--release', 'stable-11146-2', '--dry-run', '--json', '--no-git'], there);
    const { mentions } = JSON.parse(there.printed()).upgrade;
    const found = mentions.map((one: Record<string, unknown>) => `${one.path} ${one.line}`);
    assert.equal(found.slice(1), [
      'compose.override.yaml 3',
      'compose.override.yaml 5',
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
