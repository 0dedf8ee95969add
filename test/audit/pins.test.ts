import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fixesSince } from '../../src/audit/fixes-since.ts';
import { knownFixes } from '../../src/audit/known-fixes.ts';
import { auditPins } from '../../src/audit/pins.ts';
import { checkImages } from '../../src/doctor/checks/images.ts';
import type { Examination } from '../../src/doctor/examination.ts';

const pins = suite('images of before a known fix');
const found = (reference: string) => fixesSince(reference).map(({ since }) => since);

pins('versions are compared as numbers, whatever registry and digest stand around them', () => {
  const all = ['1.28.3', '1.30.1', '1.30.2', '1.30.3', '1.30.4', '1.30.6', '1.30.7'];
  assert.equal(found('nginx:1.28.0'), all);
  assert.equal(found('docker.io/library/nginx:1.30.0'), all.slice(1));
  assert.equal(found(`nginx:1.28.3-bookworm@sha256:${'0'.repeat(64)}`), all.slice(1));
  assert.equal(found('nginx:1.30.5'), ['1.30.6', '1.30.7']);
  for (const fine of ['nginx:1.30.7', 'nginx:1.30.10', 'nginx:1.32.0', 'coturn/coturn:4.18.0-r0'])
    assert.equal(found(fine), [], fine);
  assert.equal(found('coturn/coturn:4.9.0').slice(0, 2), ['4.10.0', '4.13.1']);
  assert.is(found('coturn/coturn:4.7.0')[0], '4.9.0');
  assert.equal(found('goacme/lego:v4.27.0'), ['4.34.0']);
});

pins('each line is held to its own fix, and one that got none to the oldest', () => {
  assert.equal(found('nginx:1.31.8'), ['1.31.9']);
  assert.equal(found('nginx:1.29.8').at(-1), '1.30.7');
  assert.equal(found('haproxy:3.0.23'), ['3.0.24']);
  assert.equal(found('haproxy:2.8.20'), ['2.8.26']);
  assert.equal(found('haproxy:3.2.15'), []);
});

pins(
  'a line is its newest version, and somebody else’s image of the same name is none of ours',
  () => {
    for (const other of ['nginx:1.28', 'nginx', 'nginx:latest', 'example.org/nginx:1.28.0', ''])
      assert.equal(found(other), [], other);
  },
);

pins('each fix has its source, and they stand from the oldest to the newest', () => {
  for (const image of new Set(knownFixes.map((fix) => fix.image))) {
    const own = knownFixes.filter((fix) => fix.image === image);
    const compare = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });
    const sorted = [...own].sort((a, b) => compare(a.since[0], b.since[0]));
    assert.equal(own, sorted, image);
    for (const { source, since } of own) {
      assert.ok(new URL(source).protocol === 'https:');
      assert.equal([...since], [...since].sort(compare));
    }
  }
});

const audited = (files: Readonly<Record<string, string>>) => {
  const folder = mkdtempSync(join(tmpdir(), 'pins-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return auditPins(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

pins('what the compose files name is said once for each file, with its line and what to do', () => {
  const compose =
    'services:\n  nginx:\n    image: nginx:1.28.0\n  prepare:\n    image: nginx:1.28.0\n';
  const override = "services:\n  coturn:\n    image: 'coturn/coturn:4.7.0' # mine\n";
  const said = audited({ 'compose.yaml': compose, 'compose.override.yaml': override });
  assert.equal(
    said.map(({ where }) => where),
    ['compose.yaml, line 3', 'compose.override.yaml, line 3'],
  );
  assert.match(said[0]?.why ?? '', 'Mended in 1.30.1: CVE-2026-42945');
  assert.match(said[0]?.fix ?? '', 'npx create-jitsi-stack@latest brings a newer one');
  assert.match(said[1]?.fix ?? '', 'Name 4.17.0 or newer there');
  assert.equal(audited({ 'compose.yaml': '# image: nginx:1.28.0\n  image: nginx:1.30.7\n' }), []);
  assert.equal(audited({}), []);
});

pins('a pipe in the place of a compose file is not waited for', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pins-'));
  execFileSync('mkfifo', [join(folder, 'compose.yaml'), join(folder, 'compose.override.yaml')]);
  assert.equal(auditPins(folder), []);
  rmSync(folder, { recursive: true });
});

pins('the doctor calls it wrong, and says when there is none', () => {
  const check = (known: Partial<Examination>) =>
    checkImages(known as Examination).map(({ outcome, subject }) => `${outcome} ${subject}`);
  assert.equal(check({}), []);
  assert.equal(check({ pins: [] }), ['ok compose.yaml']);
  const own = audited({ 'compose.yaml': '    image: nginx:1.28.0\n' });
  assert.equal(check({ pins: own }), ['wrong compose.yaml, line 1']);
});

pins.run();
