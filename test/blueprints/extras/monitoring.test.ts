import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';
import { bridge, focus, relay } from './numbers.ts';

const test = suite<{ folder: string }>('monitoring');
const answers = {
  domain: 'meet.example.org',
  network: { exposure: 'public', publicAddresses: ['198.51.100.7'], lanAddresses: [] },
  edge: { proxy: 'haproxy' },
  certificates: { source: 'own' },
  turn: { mode: 'coturn', domain: 'turn.example.org' },
  auth: { mode: 'open', strangers: true, moderators: 'first' },
  host: { memory: 8192 },
  extras: ['monitoring'],
};
const { files, plan } = await renderedOf(answers);
const textOf = (path: string) => files.find((one) => one.path === path)?.text ?? '';
const dashboards = ['meetings', 'server'].map((name) =>
  JSON.parse(textOf(`monitoring/grafana/dashboards/${name}.json`)),
);

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'monitoring-'));
  for (const { path, text } of files.filter((one) => one.path.startsWith('monitoring/'))) {
    const file = join(context.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

test('nothing is published but a port of the server itself', () => {
  const open = plan.endpoints.filter(({ service }) =>
    ['prometheus', 'grafana', 'node-exporter'].includes(service),
  );
  assert.equal(
    open.map(({ from, service }) => `${from} ${service}`),
    ['host grafana', 'containers prometheus'],
  );
  const compose = textOf('compose.yaml');
  assert.match(compose, '127.0.0.1:3000:3000');
  assert.not.match(compose, 'docker.sock');
  assert.match(compose, 'GF_AUTH_ANONYMOUS_ENABLED: ');
  assert.match(compose, 'GF_SECURITY_ADMIN_PASSWORD: ${GRAFANA_PASSWORD:?');
});

test('with the page it is at /grafana/, whichever way the edge goes', async () => {
  const page = { ...answers, monitoring: { seen: 'page' } };
  const { plan: other, files: own } = await renderedOf(page);
  assert.ok(other.routes.some(({ path, kind }) => path === '/grafana/' && kind === 'service'));
  assert.match(
    own.find(({ path }) => path === 'nginx/meet.conf')?.text ?? '',
    'location ~ ^/grafana/',
  );
  const web = own.find(({ path }) => path === 'jitsi/web/nginx-custom/grafana.conf')?.text;
  if (other.trustedProxy.signalling === 'web') assert.match(web ?? '', 'location ^~ /grafana/');
  const compose = own.find(({ path }) => path === 'compose.yaml')?.text ?? '';
  assert.match(compose, 'GF_SERVER_ROOT_URL: https://meet.example.org/grafana/');
  assert.not.match(compose, '3000:3000');
});

test('the dashboards have what Grafana asks of one', () => {
  for (const one of dashboards) {
    assert.type(one.uid, 'string');
    assert.ok(one.uid.length <= 40 && one.schemaVersion >= 36);
    const ids = one.panels.map(({ id }: { id: number }) => id);
    assert.is(new Set(ids).size, ids.length);
    for (const { gridPos, datasource, targets, type } of one.panels) {
      assert.is(type, 'timeseries');
      assert.ok(gridPos.x + gridPos.w <= 24);
      assert.is(datasource.uid, 'stack');
      for (const { expr, refId } of targets) assert.ok(expr && /^[A-Z]$/.test(refId));
    }
  }
  assert.match(textOf('monitoring/grafana/provisioning/datasources/stack.yml'), 'uid: stack');
});

const withPromtool = await needs(test, 'host:promtool');

withPromtool('promtool takes configuration, rules and every question of a graph', ({ folder }) => {
  const check = (...words: string[]) => {
    const { status, stdout, stderr } = spawnSync('promtool', words, { encoding: 'utf8' });
    assert.is(status, 0, stdout + stderr);
  };
  check('check', 'config', join(folder, 'monitoring/prometheus/prometheus.yml'));
  const asked = dashboards
    .flatMap(({ panels }) => panels)
    .flatMap(({ targets }) => targets)
    .map(({ expr }, number) => ({ record: `graph:${number}`, expr }));
  const file = join(folder, 'graphs.yml');
  writeFileSync(file, JSON.stringify({ groups: [{ name: 'graphs', rules: asked }] }));
  check('check', 'rules', file);
});

withPromtool('each alert comes when it has to, and not before', ({ folder }) => {
  const rules = join(folder, 'monitoring/prometheus/rules.yml');
  const at = (time: string, alertname: string, fires: boolean, severity = 'warning') => {
    const summary = new RegExp(`alert: ${alertname}\\n[^]*?summary: (.*)\\n`).exec(
      textOf('monitoring/prometheus/rules.yml'),
    )?.[1];
    const alert = { exp_labels: { severity }, exp_annotations: { summary } };
    return { eval_time: time, alertname, exp_alerts: fires ? [alert] : [] };
  };
  const tests = [
    {
      interval: '1m',
      input_series: [
        { series: 'jitsi_jvb_stress', values: '0.2x5 0.9x20' },
        { series: 'jitsi_jicofo_bridge_selector_bridge_count_operational', values: '1x5 0x20' },
        { series: 'jitsi_jvb_ice_failed_total', values: '0x5 0+1x20' },
        { series: 'jitsi_jvb_outgoing_loss_fraction', values: '0.01x5 0.2x20' },
        { series: 'jitsi_jvb_incoming_loss_fraction', values: '0x25' },
        { series: 'node_cpu_seconds_total{mode="idle",cpu="0"}', values: '0+60x5 300+1x30' },
        { series: 'up{job="jvb"}', values: '1x5 0x20' },
      ],
      alert_rule_test: [
        at('5m', 'bridge-load', false),
        at('15m', 'bridge-load', true),
        at('5m', 'bridge-count', false),
        at('15m', 'bridge-count', true, 'critical'),
        at('5m', 'bridge-reach', false),
        at('20m', 'bridge-reach', true),
        at('10m', 'packet-loss', false),
        at('20m', 'packet-loss', true),
        at('5m', 'processors', false),
        at('28m', 'processors', true),
        at('5m', 'numbers', false),
        at('20m', 'numbers', true),
      ],
    },
    {
      interval: '10m',
      input_series: [
        {
          series: 'node_filesystem_avail_bytes{mountpoint="/"}',
          values: '40000000000-100000000x40',
        },
        {
          series: 'node_filesystem_avail_bytes{mountpoint="/stack-data"}',
          values: '40000000000-600000000x40',
        },
      ],
      alert_rule_test: [at('400m', 'disk-soon', true)],
    },
  ];
  const file = join(folder, 'tests.yml');
  writeFileSync(file, JSON.stringify({ rule_files: [rules], evaluation_interval: '1m', tests }));
  const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', file], {
    encoding: 'utf8',
  });
  assert.is(status, 0, stdout + stderr);
});

const withPrometheus = await needs(test, 'host:prometheus');

/** Answers every path with the same text. */
function stand(text: string): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer((_, response) => response.end(text)).listen(0, '127.0.0.1', () =>
      resolve(server),
    );
  });
}

const portOf = (server: Server) => (server.address() as { port: number }).port;

withPrometheus(
  'a real Prometheus has an answer to every question of a graph, and ./stack check its lines',
  async ({ folder }) => {
    const stands = await Promise.all([stand(bridge), stand(focus), stand(relay)]);
    const spare = await stand('');
    const port = portOf(spare);
    await new Promise((resolve) => spare.close(resolve));
    const config = join(folder, 'monitoring/prometheus/prometheus.yml');
    const jobs = ['jvb', 'jicofo', 'everything-else'].map((job, index) => ({
      job_name: job,
      static_configs: [
        {
          targets: [`127.0.0.1:${portOf(stands[index] as Server)}`],
          ...(job === 'jvb' && { labels: { machine: 'b1', __metrics_path__: '/metrics/jvb' } }),
        },
      ],
    }));
    const global = { scrape_interval: '1s', evaluation_interval: '1s' };
    const rules = { rule_files: ['rules.yml'], scrape_configs: jobs };
    writeFileSync(config, JSON.stringify({ global, ...rules }));
    const at = `127.0.0.1:${port}`;
    const program: ChildProcess = spawn(
      'prometheus',
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${folder}/data`,
        `--web.listen-address=${at}`,
      ],
      { stdio: 'ignore' },
    );
    const ask = async (path: string) =>
      fetch(`http://${at}${path}`).then(
        (answer) => answer.text(),
        () => '',
      );
    const query = async (expr: string) => {
      const answer = await ask(`/api/v1/query?query=${encodeURIComponent(expr)}`);
      return answer.startsWith('{') ? (JSON.parse(answer).data?.result.length ?? 0) : 0;
    };
    const until = async (what: string, question: () => Promise<boolean>) => {
      for (let tries = 0; tries < 600; tries += 1) {
        if (await question()) return;
        await sleep(200);
      }
      throw new Error(`${what}: not within two minutes`);
    };
    try {
      await until(
        'scraping',
        async () => (await query('increase(jitsi_jvb_ice_failed_total[1h])')) > 0,
      );
      await until('rates', async () => (await query('rate(node_cpu_seconds_total[5m])')) > 0);
      for (const { title, targets } of dashboards.flatMap(({ panels }) => panels))
        for (const { expr } of targets)
          assert.ok((await query(expr)) > 0, `${title}: nothing answers ${expr}`);
      const script = textOf('monitoring/prometheus/standing.sh').replace('127.0.0.1:9090', at);
      writeFileSync(join(folder, 'standing.sh'), script);
      // The image has busybox’s wget; the options are those that both have.
      const says = () =>
        spawnSync('sh', [join(folder, 'standing.sh')], { encoding: 'utf8' }).stdout;
      await until('evaluation', async () => /^ok bridge-load as it should be$/m.test(says()));
      const names = says()
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[1]);
      const rule = [...textOf('monitoring/prometheus/rules.yml').matchAll(/alert: (.*)/g)];
      assert.equal(
        names,
        rule.map(([, name]) => name),
      );
      // One whose time is over.
      const firing = textOf('monitoring/prometheus/rules.yml').replace(/ {8}for: .*\n/g, '');
      writeFileSync(
        join(folder, 'monitoring/prometheus/rules.yml'),
        firing.replace('< 1', '< 9').replace('> 0.8', '> -1'),
      );
      program.kill('SIGHUP');
      await until('an alert', async () =>
        /^critical bridge-count jicofo has no bridge to use, so nobody.*\.$/m.test(says()),
      );
      await until('whose it is', async () =>
        /^warning bridge-load A bridge .* \(b1\)$/m.test(says()),
      );
    } finally {
      program.kill();
      for (const one of stands) one.close();
    }
  },
);

test.run();
