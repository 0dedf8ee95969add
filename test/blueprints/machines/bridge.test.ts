import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RenderedFile } from '../../../src/render/rendered.ts';
import { renderedOf } from '../../matrix/stack.ts';
import { composeView } from '../../programs/compose.ts';
import { needs } from '../../programs/needs.ts';
import { nftCheck } from '../../programs/nft.ts';
import { shellCheck } from '../../programs/shell.ts';

const test = suite<{ place: Place }>('a further bridge, on its own machine');
const fakePrograms = fileURLToPath(new URL('../operations/programs/', import.meta.url));

const { files } = await renderedOf({
  domain: 'meet.example.org',
  network: { exposure: 'public', publicAddresses: ['203.0.113.7'] },
  certificates: { source: 'own' },
  firewall: ['nftables'],
  machines: 'b1:bridge:203.0.113.8:203.0.113.7:10001',
});
const own: readonly RenderedFile[] = files.flatMap((file) =>
  file.path.startsWith('machines/b1/') ? [{ ...file, path: file.path.slice(12) }] : [],
);

interface Place {
  readonly path: string;
  readonly fake: string;
}

test.before.each((context) => {
  const root = mkdtempSync(join(tmpdir(), 'bridge-'));
  const place = { path: join(root, 'b1'), fake: join(root, 'fake') };
  mkdirSync(place.fake);
  for (const { path, text, executable } of own) {
    mkdirSync(dirname(join(place.path, path)), { recursive: true });
    writeFileSync(join(place.path, path), text);
    if (executable) chmodSync(join(place.path, path), 0o755);
  }
  writeFileSync(join(place.path, '.env'), 'JVB_AUTH_PASSWORD=secret\n', { mode: 0o600 });
  writeFileSync(join(place.path, 'jitsi/jvb/trust.jks'), 'a store');
  for (const name of ['calls', 'fail']) writeFileSync(join(place.fake, name), '');
  containers(place, 'running|healthy');
  metrics(place, 0);
  log(place, 'Joined MUC: jvbbrewery@internal-muc.meet.jitsi');
  context.place = place;
});
test.after.each(({ place }) => rmSync(dirname(place.path), { recursive: true, force: true }));

function containers({ fake }: Place, state: string) {
  writeFileSync(join(fake, 'containers'), `jvb|${state}|2100-01-01T00:00:00Z|0\n`);
}

/** What the bridge says of itself, in the words of its own /metrics. */
function metrics({ fake }: Place, people: number, drained = false) {
  const text = `# TYPE jitsi_jvb_current_endpoints gauge\njitsi_jvb_current_endpoints ${people}.0\njitsi_jvb_drain_mode ${drained ? '1.0' : '0.0'}\n`;
  writeFileSync(join(fake, 'metrics'), text);
}

const log = ({ fake }: Place, text: string) => writeFileSync(join(fake, 'log'), `${text}\n`);
const calls = ({ fake }: Place) => readFileSync(join(fake, 'calls'), 'utf8');

function run(place: Place, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(join(place.path, 'stack'), words, {
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${fakePrograms}:${process.env.PATH}`,
      FAKE: place.fake,
      STACK_TIMEOUT: '1',
      STACK_FIREWALL: join(place.fake, 'firewall'),
    },
  });
  return { code: status, out: stdout, err: stderr };
}

test('up is done when the bridge has signed in at the central machine', ({ place }) => {
  const { code, err } = run(place, 'up');
  assert.is(code, 0, err);
  assert.match(err, 'b1 has signed in');
});

test('healthy is not enough: up says what keeps it from signing in', ({ place }) => {
  for (const [said, why] of [
    ['PKIX path building failed', /another certificate than the one in jitsi\/jvb\/trust.jks/],
    ['SASLError using SCRAM-SHA-1: not-authorized', /does not take the password/],
    ['Connection refused', /Nothing answers at 203.0.113.7, port 5222/],
  ] as const) {
    log(place, said);
    const { code, err } = run(place, 'up');
    assert.is(code, 1);
    assert.match(err, why);
    const status = run(place, 'status');
    assert.is(status.code, 1);
    assert.match(status.out, 'signed in   no');
    assert.match(status.err, why);
  }
});

test('nobody is cut off, unless that was said', ({ place }) => {
  metrics(place, 12);
  for (const verb of ['up', 'down']) {
    const { code, err } = run(place, verb);
    assert.is(code, 1);
    assert.match(
      err,
      `(12) and would be cut off. First: ./stack drain. At once: ./stack ${verb} --now`,
    );
  }
  assert.not.match(calls(place), /compose (up|down)/);
  assert.is(run(place, 'up', '--now').code, 0);
  assert.is(run(place, 'down', '--now').code, 0);
});

test('drain stops new meetings and waits for none that is over; --off takes it back', ({
  place,
}) => {
  const drained = run(place, 'drain');
  assert.is(drained.code, 0, drained.err);
  assert.match(calls(place), '-X POST http://127.0.0.1:8080/colibri/drain/enable');
  assert.match(drained.err, 'Nobody is on it any more');
  metrics(place, 3, true);
  const { out } = run(place, 'status');
  assert.match(out, /people {6}3\n/);
  assert.match(out, 'drained     yes');
  assert.is(run(place, 'drain', '--off').code, 0);
  assert.match(calls(place), '/colibri/drain/disable');
});

test('without the password or the certificate it says where they come from', ({ place }) => {
  rmSync(join(place.path, 'jitsi/jvb/trust.jks'));
  const { code, err } = run(place, 'up');
  assert.is(code, 1);
  assert.match(err, './stack up on the central machine puts both into machines/b1');
  writeFileSync(join(place.path, 'jitsi/jvb/trust.jks'), 'a store');
  chmodSync(join(place.path, '.env'), 0o644);
  assert.match(run(place, 'up').err, 'chmod 600 .env');
});

test('help names every verb, and others are refused', ({ place }) => {
  const { out } = run(place, 'help');
  for (const verb of ['up', 'down', 'status', 'logs', 'drain', 'pull', 'firewall'])
    assert.match(out, new RegExp(`^  ${verb} `, 'm'));
  assert.is(run(place, 'rotate').code, 2);
  assert.is(run(place, 'up', '--quick').code, 2);
});

(await needs(test, 'shellcheck'))('the shell and shellcheck take its script', async ({ place }) => {
  const { ok, output } = await shellCheck(place.path, 'stack');
  assert.ok(ok, output);
});

(await needs(test, 'nft'))('nft takes its rules', async ({ place }) => {
  const { ok, output } = await nftCheck(join(place.path, 'firewall'), 'nftables.nft');
  assert.ok(ok, output);
});

(await needs(test, 'docker-compose'))(
  'Docker Compose takes its file, and publishes media alone',
  async ({ place }) => {
    const { services } = await composeView(place.path);
    assert.equal(Object.keys(services), ['jvb']);
    assert.equal(
      services.jvb?.ports?.map(({ published, protocol }) => `${published}/${protocol}`),
      ['10001/udp'],
    );
    assert.is(services.jvb?.environment?.JVB_AUTH_PASSWORD, 'secret');
  },
);

test.run();
