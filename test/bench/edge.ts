/**
 * Speed of the ways through port 443, side by side in interleaved rounds: `npx tsx test/bench/edge.ts [ROUNDS]`. Ratios to
 * NGINX alone are what counts; the figures themselves are this machine's on this day.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { startHaproxy, startMmproxy, startNginx } from '../blueprints/edge/daemons.ts';
import { Running } from '../blueprints/edge/running.ts';
import { inSandbox } from '../programs/sandbox.ts';

const site = `server {
    include /etc/nginx/stack/includes/listen.conf;
    server_name bench.example.org;
    ssl_certificate /certs/fullchain.pem;
    ssl_certificate_key /certs/privkey.pem;
    access_log off;
    keepalive_requests 1000000;
    location = /small { return 200 "ok\\n"; }
    location = /bulk { root /certs; }
}
`;
const bulk = 65536;
const relay = { mode: 'coturn', domain: 'turn.example.org' };
const ways = {
  'NGINX alone': { edge: { proxy: 'nginx' } },
  'NGINX stream': { edge: { proxy: 'nginx' }, turn: { ...relay, share443: true } },
  'HAProxy, PROXY header': { edge: { proxy: 'haproxy' } },
  'HAProxy, go-mmproxy': { edge: { proxy: 'haproxy', clientAddress: 'go-mmproxy' } },
};
const measures = {
  'requests/s, kept alive': ['-c', '32', '/small'],
  'new TLS connections/s': ['-c', '32', '-H', 'Connection: close', '/small'],
  'MB/s in bulk': ['-c', '8', '/bulk'],
  'ms for one at a time': ['-c', '1', '/small'],
} as const;

const rounds = Number(process.argv[2] ?? 3);
const stacks: [name: string, stack: Running, door: string][] = [];
const results = new Map<string, number[]>();

try {
  for (const [name, answers] of Object.entries(ways)) {
    const stack = await Running.make(answers);
    const door = answers.edge.proxy;
    stacks.push([name, stack, stack.plan.network.addresses[door]?.ipv4 ?? '']);
    writeFileSync(`${stack.directory}/nginx/sites/bench.conf`, site);
    writeFileSync(`${stack.directory}/certs/bulk`, Buffer.alloc(bulk, 'x'));
    if (door === 'haproxy') {
      forLoad(stack);
      await startHaproxy(stack);
    }
    if (stack.plan.services.some(({ name }) => name === 'go-mmproxy'))
      await startMmproxy(stack, 'go-mmproxy');
    await startNginx(stack);
  }
  await new Promise((resolve) => setTimeout(resolve, 2000));
  for (let round = 0; round < rounds; round++) {
    for (const [measure, words] of Object.entries(measures)) {
      for (const [name, stack, door] of stacks) {
        const value = await load(stack, door, measure, words);
        const key = `${name} ${measure}`;
        results.set(key, [...(results.get(key) ?? []), value]);
      }
    }
  }
} finally {
  for (const [, stack] of stacks) stack.end();
}

console.log(`| way | ${Object.keys(measures).join(' | ')} |`);
console.log(`| --- |${' ---: |'.repeat(Object.keys(measures).length)}`);
for (const name of Object.keys(ways)) {
  const cells = Object.keys(measures).map((measure) => {
    const value = median(results.get(`${name} ${measure}`));
    const ratio = value / median(results.get(`NGINX alone ${measure}`));
    return `${value < 10 ? value.toFixed(3) : Math.round(value)} (${ratio.toFixed(2)})`;
  });
  console.log(`| ${name} | ${cells.join(' | ')} |`);
}

async function load(stack: Running, door: string, measure: string, words: readonly string[]) {
  const url = `https://bench.example.org${words.at(-1)}`;
  const { output } = await inSandbox(
    'wrk',
    ['-t', '1', '-d', '3', '--latency', ...words.slice(0, -1), url],
    {
      network: stack.network.path('client'),
      through: `echo ${door} bench.example.org >>/etc/hosts; exec wrk "$@"`,
    },
  );
  const [, rate] = /Requests\/sec: +([\d.]+)/.exec(output) ?? [];
  const [, latency, scale] = /50% +([\d.]+)(us|ms)/.exec(output) ?? [];
  if (!rate || /Non-2xx|connect [1-9]/.test(output)) throw new Error(`${measure}: ${output}`);
  if (measure.startsWith('ms')) return Number(latency) / (scale === 'us' ? 1000 : 1);
  return Number(rate) * (measure.startsWith('MB') ? bulk / 1e6 : 1);
}

/** One client makes as many connections here as a thousand would, and nobody may step in for the way that is measured. */
function forLoad({ directory }: Running): void {
  const path = `${directory}/haproxy/haproxy.cfg`;
  const text = readFileSync(path, 'utf8').replace(/gt \d+ }/g, 'gt 1000000 }');
  writeFileSync(path, text.replace(/^.* backup\n/gm, ''));
}

function median(values: readonly number[] = []): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
