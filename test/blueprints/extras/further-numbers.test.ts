import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';

const test = suite('numbers of further machines');
const answers = {
  domain: 'meet.example.org',
  network: { exposure: 'public', publicAddresses: ['203.0.113.7'] },
  certificates: { source: 'own' },
  auth: { mode: 'internal' },
  firewall: ['nftables', 'ufw', 'hetzner'],
  host: { memory: 8192 },
  extras: ['monitoring', 'metrics'],
  metrics: { address: '10.8.0.1', from: ['10.8.0.9'] },
  machines: 'b1:bridge:203.0.113.8:203.0.113.7:10001',
};
const { files, plan } = await renderedOf(answers);
const textOf = (path: string, all = files) => all.find((one) => one.path === path)?.text ?? '';

test('a machine tells them to the central one alone, in every firewall and in NGINX', () => {
  const [b1] = plan.machines ?? [];
  const rows = b1?.plan.endpoints.filter(({ from }) => from === 'machines') ?? [];
  assert.equal(
    rows.map(({ port, sources = [] }) => [port, sources.map(({ address }) => address)]),
    [[9464, ['203.0.113.7']]],
  );
  assert.match(
    textOf('machines/b1/firewall/nftables.nft'),
    'ip saddr { 203.0.113.7 } meta l4proto tcp ct original proto-dst 9464 accept',
  );
  assert.match(textOf('machines/b1/firewall/ufw.sh'), "row tcp 9464 203.0.113.7 'numbers-central'");
  for (const { path, text } of files.filter((one) => one.path.startsWith('machines/b1/firewall/')))
    if (/9464/.test(text)) assert.match(text, '203.0.113.7', path);
  const nginx = textOf('machines/b1/numbers/nginx.conf');
  assert.equal(nginx.match(/allow .*|deny all;(?=\n\n? {8}location)/g), [
    'allow 203.0.113.7;',
    'deny all;',
  ]);
  assert.match(textOf('machines/b1/README.md'), '| `9464/tcp` | 203.0.113.7 alone |');
});

test('a machine that comes over IPv6 tells them over IPv6', async () => {
  const { files: six } = await renderedOf({
    ...answers,
    network: { ...answers.network, publicAddresses: ['203.0.113.7', '2001:db8::7'], ipv6: true },
    machines: 'b1:bridge:203.0.113.8+[2001:db8::8]:[2001:db8::7]',
  });
  const prometheus = textOf('monitoring/prometheus/prometheus.yml', six);
  assert.match(prometheus, '[2001:db8::8]:9464');
  const nginx = textOf('machines/b1/numbers/nginx.conf', six);
  assert.match(nginx, 'listen [::]:9464;');
  assert.match(nginx, 'allow 2001:db8::7;');
  assert.match(textOf('machines/b1/compose.yaml', six), '[::]:9464:9464/tcp');
  assert.match(
    textOf('machines/b1/firewall/nftables.nft', six),
    'ip6 saddr { 2001:db8::7 } meta l4proto tcp ct original proto-dst 9464 accept',
  );
});

test('its bridge’s control port is published nowhere, and heard outside its container for this alone', async () => {
  const { services } = parse(textOf('machines/b1/compose.yaml'));
  const published = Object.entries<{ ports?: string[] }>(services).flatMap(
    ([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`),
  );
  assert.equal(published, ['jvb 0.0.0.0:10001:10001/udp', 'numbers 0.0.0.0:9464:9464/tcp']);
  assert.match(textOf('machines/b1/jitsi/jvb/stack.conf'), 'private.host = "0.0.0.0"');
  const { files: plain } = await renderedOf({ ...answers, extras: [], metrics: undefined });
  assert.match(textOf('machines/b1/jitsi/jvb/stack.conf', plain), 'private.host = "127.0.0.1"');
  assert.not.ok(plain.some(({ path }) => path.startsWith('machines/b1/numbers/')));
  assert.not.match(textOf('machines/b1/compose.yaml', plain), '9464');
});

test('the stack’s Prometheus asks each machine, and the owner’s gets all at the one address', () => {
  const targets = (text: string, name: string) =>
    parse(text).scrape_configs.find(({ job_name: job }: { job_name: string }) => job === name)
      .static_configs;
  for (const job of ['jvb', 'node']) {
    const own = targets(textOf('monitoring/prometheus/prometheus.yml'), job);
    assert.equal(own[1], {
      targets: ['203.0.113.8:9464'],
      labels: { machine: 'b1', __metrics_path__: `/metrics/${job}` },
    });
    assert.is(own[0].labels.machine, 'central');
    const others = targets(textOf('metrics/scrape.yml'), job);
    assert.equal(others[1], {
      targets: ['10.8.0.1:9464'],
      labels: {
        site: 'meet.example.org',
        machine: 'b1',
        __metrics_path__: `/metrics/b1/${job}`,
      },
    });
    assert.match(
      textOf('metrics/nginx.conf'),
      new RegExp(
        `location = /metrics/b1/${job} \\{[^}]*\\}[^}]*set \\$numbers 203\\.0\\.113\\.8:9464;\\s*proxy_pass http://\\$numbers/metrics/${job};`,
      ),
    );
  }
});

const judged = await needs(test, 'host:promtool');

judged('promtool takes both', () => {
  const folder = mkdtempSync(join(tmpdir(), 'further-'));
  try {
    for (const { path, text } of files.filter((one) => /^(monitoring|metrics)\//.test(one.path))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    for (const path of ['monitoring/prometheus/prometheus.yml', 'metrics/scrape.yml']) {
      const said = spawnSync('promtool', ['check', 'config', join(folder, path)], {
        encoding: 'utf8',
      });
      assert.is(said.status, 0, said.stdout + said.stderr);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();
