import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { limitsFor } from '../../../blueprints/extra-logs/limits.ts';
import { StackError } from '../../../src/errors.ts';
import { planOf, renderedOf } from '../../matrix/stack.ts';
import { composeConfig } from '../../programs/compose.ts';
import { needs } from '../../programs/needs.ts';

const test = suite('extra: logs');
const answers = {
  domain: 'meet.example.org',
  network: { exposure: 'public', publicAddresses: ['198.51.100.7'], lanAddresses: [] },
  certificates: { source: 'own' },
  turn: { mode: 'coturn', domain: 'turn.example.org' },
  auth: { mode: 'internal' },
  host: { memory: 8192 },
  extras: ['monitoring', 'logs'],
};
const { files, plan } = await renderedOf(answers);
const textOf = (path: string) => files.find((one) => one.path === path)?.text ?? '';
const alloy = textOf('alloy/config.alloy');
const compose = parse(textOf('compose.yaml'));

test('Docker hands over the lines of all services but those that take them, and keeps as many as before', () => {
  const { 'x-logging': sent, 'x-logging-here': kept, services } = compose;
  const address = compose.services.alloy.networks[plan.network.name].ipv4_address;
  assert.is(sent.driver, 'syslog');
  // Over TCP a container would not start while Alloy is away.
  assert.is(sent.options['syslog-address'], `udp://${address}:1514`);
  assert.is(sent.options['cache-max-size'], '10m');
  assert.is(kept.driver, 'json-file');
  for (const [name, { logging }] of Object.entries<{ logging?: object }>(services)) {
    const once = plan.services.find((one) => one.name === name)?.lifetime === 'once';
    const own = ['loki', 'alloy'].includes(name) ? kept : sent;
    assert.equal(logging, once ? undefined : own, name);
  }
});

test('neither has a way to Docker or to the server’s files, and nothing is published', () => {
  for (const name of ['loki', 'alloy']) {
    const { volumes, ports, read_only, cap_drop, user } = compose.services[name];
    for (const one of volumes) assert.match(one, /^\.\/(loki|alloy|data)(\/|:)/);
    assert.is(ports, undefined);
    assert.ok(read_only && cap_drop[0] === 'ALL' && !/^(0|root)/.test(user));
  }
  const rows = plan.endpoints.filter(({ service }) => ['loki', 'alloy'].includes(service));
  assert.equal(new Set(rows.map(({ from }) => from)), new Set(['containers']));
  assert.ok(plan.directories.find(({ path }) => path === 'data/loki')?.passing);
});

test('what comes in over the days, and lies there until it is deleted, fits into the room', () => {
  for (const days of [1, 14, 30, 365])
    for (const gigabytes of [1, 5, 1000]) {
      const { hours, rate, burst } = limitsFor(days, gigabytes);
      const most = (rate * 86400 * (days + 1) + burst) * 2 ** 20;
      assert.ok(most <= gigabytes * 1e9 && most > gigabytes * 0.99e9, `${days} ${gigabytes}`);
      assert.is(hours, days * 24);
      assert.match(`${rate} ${burst}`, /^[\d.]+ [\d.]+$/);
    }
  const { limits_config: limits } = parse(textOf('loki/loki.yaml'));
  const { hours, rate, burst } = limitsFor(14, 5);
  assert.equal(
    [limits.retention_period, limits.ingestion_rate_mb, limits.ingestion_burst_size_mb],
    [`${hours}h`, rate, burst],
  );
  assert.ok(parse(textOf('loki/loki.yaml')).compactor.retention_enabled);
});

/** A line as Alloy’s stages leave it: each group that matches becomes the stage's words. */
function kept(line: string): string {
  const stages = [
    ...alloy.matchAll(/stage\.replace \{\s*expression = (".*")\s*replace += (".*")/g),
  ];
  assert.is(stages.length, 4);
  return stages.reduce((text, [, expression = '', words = '']) => {
    const [, flags = '', source = ''] = /^(?:\(\?(i)\))?(.*)$/.exec(JSON.parse(expression)) ?? [];
    return text.replace(new RegExp(source, `${flags}g`), (whole, group: string) =>
      whole.replace(group, JSON.parse(words)),
    );
  }, line);
}

test('tokens and passwords are cut out, and nothing else', () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJyb29tIjoiKiJ9.c2lnbmF0dXJlLW9mLWl0';
  for (const [line, left] of [
    [`"GET /room?jwt=${token}&x=1 HTTP/1.1" 200`, '"GET /room?jwt=***&x=1 HTTP/1.1" 200'],
    [`token ${token} refused`, 'token *** refused'],
    ['Authorization: Basic dXNlcjpwYXNzd29yZA==', 'Authorization: Basic ***'],
    ['"password": "hunter22", "room": "a"', '"password": "***", "room": "a"'],
    ['JVB_AUTH_PASSWORD=abcdef0123', 'JVB_AUTH_PASSWORD=***'],
    ['/oauth/callback?code=abc123&state=xyz', '/oauth/callback?code=***&state=***'],
    ['"GET /room HTTP/1.1" code=404 -> 192.0.2.1', '"GET /room HTTP/1.1" code=404 -> 192.0.2.1'],
    ['INFO: Basic health check passed.', 'INFO: Basic health check passed.'],
  ] as const)
    assert.is(kept(line), left);
});

test('a line counts only from the server’s own address, to which Docker’s belongs', () => {
  const regex: string = JSON.parse(/regex +=\s*(".*")/.exec(alloy)?.[1] ?? '""');
  assert.match(plan.network.gateway, new RegExp(`^${regex}$`));
  assert.not.match('172.28.041', new RegExp(`^${regex}$`));
  assert.match(
    alloy,
    'selector            = "{sender=\\"another\\"}"\n    action              = "drop"',
  );
});

test('Grafana finds it, and forgets it with the files', () => {
  const sources = parse(textOf('monitoring/grafana/provisioning/datasources/logs.yml'));
  assert.is(sources.prune, true);
  assert.equal(sources.datasources[0].url, 'http://loki:3100');
  const { uid, panels, templating } = JSON.parse(textOf('monitoring/grafana/loki/logs.json'));
  assert.ok(uid !== 'stack' && panels.length === 3);
  for (const { datasource, targets } of panels)
    for (const one of [datasource, targets[0].datasource])
      assert.equal(one, { type: 'loki', uid: sources.datasources[0].uid });
  const asked = JSON.stringify(panels);
  for (const { name } of templating.list) assert.ok(asked.includes(`$${name}`), name);
  const provider = parse(textOf('monitoring/grafana/provisioning/dashboards/logs.yml'));
  const mounted = provider.providers[0].options.path.replace('/etc/grafana/stack', '');
  assert.ok(files.some(({ path }) => path === `monitoring/grafana${mounted}/logs.json`));
});

test('without Grafana, and on a server that is too small, it is refused in a sentence', async () => {
  const refused = async (other: object) => {
    try {
      await planOf({ ...answers, ...other });
    } catch (error) {
      if (error instanceof StackError) return error.problems[0];
      throw error;
    }
    return undefined;
  };
  const alone = await refused({ extras: ['logs'] });
  assert.match(`${alone?.what} ${alone?.fix}`, /Grafana.*--extras monitoring,logs/);
  const small = await refused({ host: { memory: 1536 } });
  assert.is(small?.answer, 'host.memory');
  assert.match(small?.fix ?? '', '“Logs”');
});

const judged = await needs(test, 'host:promtool');

judged('promtool takes its rules and tells when they come', () => {
  const folder = mkdtempSync(join(tmpdir(), 'logs-'));
  try {
    for (const { path, text } of files.filter((one) => one.path.startsWith('monitoring/'))) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const check = (...words: string[]) => {
      const { status, stdout, stderr } = spawnSync('promtool', words, { encoding: 'utf8' });
      assert.is(status, 0, stdout + stderr);
      return stdout;
    };
    const configuration = join(folder, 'monitoring/prometheus/prometheus.yml');
    assert.match(check('check', 'config', configuration), 'rules.d/logs.yml');
    assert.match(textOf('monitoring/prometheus/prometheus.yml'), "targets: ['loki:3100']");
    const rules = join(folder, 'monitoring/prometheus/rules.d/logs.yml');
    const at = (eval_time: string, alertname: string, fires: boolean) => {
      const summary = new RegExp(`alert: ${alertname}\\n[^]*?summary: (.*)\\n`).exec(
        textOf('monitoring/prometheus/rules.d/logs.yml'),
      )?.[1];
      const alert = { exp_labels: { severity: 'warning' }, exp_annotations: { summary } };
      return { eval_time, alertname, exp_alerts: fires ? [alert] : [] };
    };
    const tests = [
      {
        interval: '5m',
        input_series: [
          {
            series: 'loki_write_dropped_entries_total{reason="rate_limited"}',
            values: '0x12 7x60',
          },
          { series: 'loki_source_syslog_entries_total', values: '0+9x12 108x60' },
        ],
        alert_rule_test: [
          at('55m', 'logs-lost', false),
          at('70m', 'logs-lost', true),
          at('2h', 'logs-lost', false),
          at('2h', 'logs-silent', false),
          at('4h', 'logs-silent', true),
        ],
      },
    ];
    const file = join(folder, 'tests.yml');
    writeFileSync(file, JSON.stringify({ rule_files: [rules], evaluation_interval: '5m', tests }));
    check('test', 'rules', file);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const read = await needs(test, 'docker-compose');

read('Compose takes how Docker is told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logs-'));
  try {
    for (const { path, text } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    writeFileSync(
      join(folder, '.env'),
      plan.secrets.map(({ name }) => `${name}=${'x'.repeat(32)}\n`).join(''),
    );
    const { code, stdout, stderr } = await composeConfig(folder);
    assert.is(code, 0, stderr);
    assert.match(stdout, 'com.docker.compose.service');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();
