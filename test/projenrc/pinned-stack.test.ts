import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auditPins } from '../../src/audit/pins.ts';
import { upgradeText } from '../../src/cli/report/upgrade.ts';
import { plainTerminal } from '../cli/plain-terminal.ts';
import { pinned } from '../images.ts';
import { command } from '../programs/command.ts';
import { composeConfig } from '../programs/compose.ts';
import { needs } from '../programs/needs.ts';

const stacks = suite('a stack of images that are pinned by digest');
const test = await needs(stacks, 'docker-compose');
const checkout = join(import.meta.dirname, '../..');
const copy = mkdtempSync(join(tmpdir(), 'pinned-'));
stacks.after(() => rmSync(copy, { recursive: true }));

/** Any tag has a digest, made from its name. */
const digestOf = (repository: string, tag: string) =>
  `sha256:${createHash('sha256').update(`${repository}:${tag}`).digest('hex')}`;

const published = Object.values(pinned).filter((name) => !name.startsWith('localhost/'));

const generate = `
const { renderedOf } = await import('./test/matrix/stack.ts');
const answers = {
  domain: 'meet.example.org',
  network: { exposure: 'public', publicAddresses: ['198.51.100.7'], lanAddresses: [] },
  edge: { proxy: 'haproxy' },
  certificates: { source: 'acme', email: 'ops@example.org' },
  turn: { mode: 'coturn', domain: 'turn.example.org' },
  auth: { mode: 'open', strangers: true },
  extras: ['monitoring', 'logs', 'documents', 'transcription'],
  transcription: { server: 'ws://192.0.2.9:8000/v1/realtime' },
  host: { memory: 8192 },
};
const textsOf = async (more) =>
  Object.fromEntries((await renderedOf({ ...answers, ...more })).files.map(({ path, text }) => [path, text]));
const anew = { rebuild: { by: 'github', registry: 'ghcr.io/owner/meet' } };
console.log(JSON.stringify([await textsOf({}), await textsOf(anew)]));
`;

stacks.before(async () => {
  const paths = execFileSync('git', ['ls-files', '-z', 'src', 'blueprints', 'projenrc'], {
    cwd: checkout,
    encoding: 'utf8',
  }).split('\0');
  for (const path of [...paths.filter(Boolean), 'package.json', 'test/matrix/stack.ts']) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(checkout, path), join(copy, path));
  }
  symlinkSync(join(checkout, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(join(copy, 'generate.mts'), generate);
  const registry = createServer(({ url = '' }, response) => {
    const [, repository = '', tag = ''] = /^\/v2\/(.+)\/manifests\/(.+)$/.exec(url) ?? [];
    response.setHeader('docker-content-digest', digestOf(repository, tag)).end();
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  const { port } = registry.address() as AddressInfo;
  const words = ['--registry', `http://127.0.0.1:${port}`];
  const tool = ['--import', 'tsx', 'projenrc/images/digests.ts', ...words];
  const { code, output } = await command(process.execPath, tool, { cwd: copy });
  registry.close();
  assert.is(code, 0, output);
});

test('compose file, audit, scripts and rebuilding know them', async () => {
  const said = await command(process.execPath, ['--import', 'tsx', 'generate.mts'], { cwd: copy });
  assert.is(said.code, 0, said.output);
  const [plain, anew] = JSON.parse(said.stdout) as Record<string, string>[];
  const wanted = published.map((name) => {
    const [path = '', tag = ''] = name.split(':');
    return `${name}@${digestOf(path.includes('/') ? path : `library/${path}`, tag)}`;
  });
  const compose = plain?.['compose.yaml'] ?? '';
  for (const name of wanted) assert.match(compose, `image: ${name}\n`);
  for (const [path, text] of Object.entries(plain ?? {})) {
    mkdirSync(dirname(join(copy, 'stack', path)), { recursive: true });
    writeFileSync(join(copy, 'stack', path), text);
  }
  assert.equal(auditPins(join(copy, 'stack')), []);
  const nginx = wanted.find((name) => name.startsWith('nginx:')) ?? '';
  assert.match(plain?.stack ?? '', `\ntools_image=${nginx}\n`);
  writeFileSync(
    join(copy, 'stack/.env'),
    (plain?.['.env.example'] ?? '').replace(/^(\w+)=\s*$/gm, '$1=x'),
  );
  const understood = await composeConfig(join(copy, 'stack'));
  assert.ok(understood.ok, understood.output);
  for (const name of wanted) assert.match(understood.stdout, `"image": "${name}"`);
  // Built anew, each goes with its line: a digest would be one version for ever. What is not built keeps it.
  const asPublished = wanted.find((name) => name.startsWith('grafana/loki:')) ?? '';
  assert.match(anew?.['compose.yaml'] ?? '', `image: ${asPublished}`);
  for (const [path, text] of Object.entries(anew ?? {}))
    assert.not.match(text.replaceAll(asPublished, ''), '@sha256:', `${path}`);
  assert.match(anew?.['compose.yaml'] ?? '', 'BASE: nginx:1.30\n');
});

test('one of before a fix is named by its version, and that its digest has to go with it', () => {
  const old = `nginx:1.28.0@${digestOf('library/nginx', '1.28.0')}`;
  const file = join(copy, 'stack/compose.override.yaml');
  writeFileSync(file, `services:\n  nginx:\n    image: ${old}\n`);
  const [problem] = auditPins(join(copy, 'stack'));
  assert.is(problem?.what, 'nginx:1.28.0 has weaknesses that its makers have mended since.');
  assert.match(problem?.fix ?? '', 'or newer there (with that one’s digest, or without), or');
  assert.match(readFileSync(file, 'utf8'), old);
});

stacks(
  'the report of an upgrade names versions, and says what is new where only the digest is',
  () => {
    const nginx = (digit: string) => `nginx:1.30.7@sha256:${digit.repeat(64)}`;
    const [from, to] = ['stable-11031', 'stable-11146-2'];
    const images = [
      { service: 'nginx', from: nginx('1'), to: nginx('2') },
      { service: 'coturn', from: 'coturn/coturn:4.17.2', to: `coturn/coturn:4.18.0@sha256:${'3'}` },
    ];
    const none = { undescribed: [], items: [], commands: [], mentions: [], renamed: [], gone: [] };
    const upgrade = { ...none, from, to, images, downtime: 'A minute.' };
    const text = upgradeText(upgrade, plainTerminal, 80);
    assert.match(text, /nginx +nginx:1\.30\.7, built anew\n/);
    assert.match(text, /coturn +coturn\/coturn:4\.18\.0\n/);
    assert.not.match(text, 'sha256');
  },
);

stacks.run();
