import { type ChildProcess, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { StackError } from '../../../src/errors.ts';
import { planOf, renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';
import { startInSandbox } from '../../programs/sandbox.ts';

const test = suite('extra: metrics');
const answers = {
  domain: 'meet.example.org',
  network: { exposure: 'public', publicAddresses: ['198.51.100.7'], lanAddresses: [] },
  edge: { proxy: 'haproxy' },
  certificates: { source: 'own' },
  turn: { mode: 'coturn', domain: 'turn.example.org' },
  auth: { mode: 'internal' },
  firewall: ['nftables', 'ufw'],
  extras: ['metrics'],
  metrics: { address: '10.8.0.1', from: ['10.8.0.9'] },
} as const;
const { files, plan } = await renderedOf(answers);
const textOf = (path: string) => files.find((one) => one.path === path)?.text ?? '';
const page = readFileSync(join(import.meta.dirname, '../../../docs/monitoring.md'), 'utf8');

test('it is published at one address, and every firewall lets in the named one only', () => {
  const compose = textOf('compose.yaml');
  assert.match(compose, '- 10.8.0.1:9464:9464/tcp');
  assert.is([...compose.matchAll(/:9464\//g)].length, 1);
  assert.match(
    textOf('firewall/nftables.nft'),
    'ip saddr { 10.8.0.9 } meta l4proto tcp ct original proto-dst 9464 accept',
  );
  assert.match(textOf('firewall/ufw.sh'), "row tcp 9464 10.8.0.9 'metrics-your-prometheus'");
  const others = files.filter(
    ({ path, text }) =>
      path.startsWith('firewall/') && /9464/.test(text) && !/10\.8\.0\.9/.test(text),
  );
  assert.equal(others, []);
});

test('bridge, jicofo and prosody tell their numbers as for the stack’s own Prometheus, in one way', async () => {
  const both = await planOf({ ...answers, extras: ['metrics', 'monitoring'] });
  for (const { services } of [plan, both]) {
    const of = (service: string) => services.find(({ name }) => name === service);
    assert.is(of('jicofo')?.environment.JICOFO_ENABLE_REST, '1');
    assert.is(of('prosody')?.environment.PROSODY_ENABLE_METRICS, '1');
    assert.is(services.filter(({ name }) => name === 'node-exporter').length, 1);
  }
  const neither = await planOf({ ...answers, extras: [], metrics: undefined });
  assert.not(neither.services.some(({ name }) => name === 'node-exporter'));
});

test('nobody, everybody and IPv6 get a sentence', async () => {
  const wrong: readonly (readonly [string, object])[] = [
    ['metrics.address', { address: '127.0.0.1', from: ['10.8.0.9'] }],
    ['metrics.address', { address: '0.0.0.0', from: ['10.8.0.9'] }],
    ['metrics.address', { address: 'fd00::1', from: ['10.8.0.9'] }],
    ['metrics.from', { address: '10.8.0.1', from: [] }],
    ['metrics.from', { address: '10.8.0.1', from: ['fd00::9'] }],
  ];
  for (const [answer, metrics] of wrong) {
    try {
      await planOf({ ...answers, metrics });
      assert.unreachable(JSON.stringify(metrics));
    } catch (error) {
      if (!(error instanceof StackError)) throw error;
      assert.is(error.problems[0]?.answer, answer);
      assert.ok(error.problems[0]?.fix);
    }
  }
});

const judged = await needs(test, 'host:promtool');

judged('promtool takes the jobs, those of the stack and the one that the docs show', () => {
  const folder = mkdtempSync(join(tmpdir(), 'metrics-'));
  try {
    const shown = /```yaml\n(scrape_configs:\n[\s\S]*?)```/.exec(page)?.[1] ?? '';
    for (const text of [textOf('metrics/scrape.yml'), shown]) {
      const file = join(folder, 'prometheus.yml');
      writeFileSync(file, text);
      const said = spawnSync('promtool', ['check', 'config', file], { encoding: 'utf8' });
      assert.is(said.status, 0, said.stdout + said.stderr);
      assert.match(text, "- targets: ['10.8.0.1:9464']");
    }
    assert.match(textOf('metrics/scrape.yml'), shown.replace('scrape_configs:\n', '').trimEnd());
    const asked = [...textOf('metrics/scrape.yml').matchAll(/metrics_path: (.*)/g)];
    for (const [, path] of asked)
      assert.match(textOf('metrics/nginx.conf'), `location = ${path} {`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const running = await needs(test, 'nginx', 'root', 'host:curl');

running('a real NGINX passes on numbers, to the named address, and nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'metrics-'));
  const seen: string[] = [];
  const bridge: Server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${Object.keys(request.headers).sort()}`);
    response.end('jitsi_jvb_conferences 3\n');
  });
  await new Promise<void>((resolve) => bridge.listen(0, '127.0.0.1', resolve));
  const port = (bridge.address() as AddressInfo).port;
  const free = createServer();
  await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
  const door = (free.address() as AddressInfo).port;
  await new Promise((resolve) => free.close(resolve));
  const local = textOf('metrics/nginx.conf')
    .replace(/set \$numbers [\d.]+:8080;/, `set $numbers 127.0.0.1:${port};`)
    .replace('listen 9464;', `listen 127.0.0.1:${door};`)
    .replace('allow 10.8.0.9;', 'allow 127.0.0.1;')
    .replace(/\n {4}# For the container's health check[\s\S]*\n {4}\}\n\}/, '\n}');
  writeFileSync(join(folder, 'nginx.conf'), local);
  const log = openSync(join(folder, 'log'), 'w');
  const program: ChildProcess = await startInSandbox(
    'nginx',
    ['-c', '/etc/nginx/stack/nginx.conf', '-g', 'daemon off;'],
    { binds: { '/etc/nginx/stack': folder } },
    log,
  );
  const ask = (path: string, ...words: string[]) => {
    const options = ['-s', '-m', '10', '--path-as-is', '-w', ' code %{http_code}', ...words];
    const url = `http://127.0.0.1:${door}${path}`;
    return spawnSync('curl', [...options, url], { encoding: 'utf8' });
  };
  // What the bridge answers cannot be waited for as curl is: it answers from this process.
  const answered = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${door}${path}`).catch(() => undefined);
    return response && `${response.status} ${await response.text()}`;
  };
  try {
    for (let tries = 0; (await answered('/')) === undefined; tries += 1) {
      assert.ok(tries < 300, readFileSync(join(folder, 'log'), 'utf8'));
      await sleep(200);
    }
    assert.is(await answered('/metrics/jvb?orders=1'), '200 jitsi_jvb_conferences 3\n');
    assert.equal(seen, ['GET /metrics connection,host']);
    for (const path of [
      ...[
        '/',
        '/metrics',
        '/metrics/',
        '/metrics/jvb/',
        '/metrics/nobody',
        '/colibri/v2/conferences',
      ],
      ...['/metrics/jvb/../../colibri/shutdown', '/metrics/jvb%2f..%2fcolibri', '//colibri'],
    ])
      assert.match(ask(path).stdout, /code 404$/, path);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])
      assert.match(ask('/metrics/jvb', '-X', method).stdout, /code 403$/, method);
    assert.match(ask('/metrics/jvb', '--interface', '127.0.0.2').stdout, /code 403$/);
    assert.is(seen.length, 1, seen.join('\n'));
  } finally {
    program.kill('SIGKILL');
    closeSync(log);
    bridge.close();
    bridge.closeAllConnections();
    rmSync(folder, { recursive: true });
  }
});

test.run();
