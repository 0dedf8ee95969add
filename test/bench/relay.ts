/**
 * What a relayed packet costs, by the way that it comes: `npx tsx test/bench/relay.ts [ROUNDS]`. Generated stacks' own daemons
 * run in network namespaces; clients of coturn's tools send to a peer at the bridge's address, which sends everything back.
 * Counted is the processor time of the daemons, kernel's part for them included, so other work on the machine hardly matters.
 */
import { readlinkSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import {
  startCoturn,
  startHaproxy,
  startMmproxy,
  startNginx,
  turnSecret,
} from '../blueprints/edge/daemons.ts';
import { startBridge } from '../blueprints/edge/relay.ts';
import { Running, server } from '../blueprints/edge/running.ts';
import { inSandbox } from '../programs/sandbox.ts';
import { processesOf, processorTime } from './processes.ts';
import { table } from './table.ts';

const relay = { mode: 'coturn', domain: 'turn.example.org' };
const own = { edge: { proxy: 'nginx' }, turn: relay };
type Way = {
  readonly answers: Parameters<typeof Running.make>[0];
  readonly port: number;
  readonly over: 'UDP' | 'TCP' | 'TLS';
};
const ways: Readonly<Record<string, Way>> = {
  'relay over UDP 3478': { answers: own, port: 3478, over: 'UDP' },
  'relay over TCP 3478': { answers: own, port: 3478, over: 'TCP' },
  'relay over TLS 5349': { answers: own, port: 5349, over: 'TLS' },
  '443 through NGINX': {
    answers: { edge: { proxy: 'nginx' }, turn: { ...relay, share443: true } },
    port: 443,
    over: 'TLS',
  },
  '443 through HAProxy': {
    answers: { edge: { proxy: 'haproxy' }, turn: relay },
    port: 443,
    over: 'TLS',
  },
  '443 through HAProxy and go-mmproxy': {
    answers: { edge: { proxy: 'haproxy' }, turn: { ...relay, clientAddress: 'go-mmproxy' } },
    port: 443,
    over: 'TLS',
  },
};
/** Four people, each half of what the relay lets one session take. */
const clients = 4;
const messages = 6000;
const bytes = 1000;
const daemons = ['turnserver', 'nginx', 'haproxy', 'go-mmproxy'];

const rounds = Number(process.argv[2] ?? 3);
const costs = new Map<string, Cost[]>();
interface Cost {
  /** Microseconds of a processor for a packet that came in and went out. */
  readonly relay: number;
  readonly edge: number;
  /** Of all packets, those that did not come back. */
  readonly lost: number;
}

for (let round = 0; round < rounds; round++)
  for (const [name, way] of Object.entries(ways))
    costs.set(name, [...(costs.get(name) ?? []), await measure(way)]);

const head = [
  'way',
  'lost',
  'µs a packet: relay',
  'edge',
  'packets/s of a core',
  'Mbit/s of a core',
];
const first = median(costs.get(Object.keys(ways)[0] ?? ''), total);
const rows = [...costs].map(([name, seen]) => {
  const all = median(seen, total);
  return [
    `${name} (${(all / first).toFixed(1)})`,
    `${(100 * median(seen, ({ lost }) => lost)).toFixed(1)} %`,
    median(seen, (cost) => cost.relay).toFixed(1),
    median(seen, ({ edge }) => edge).toFixed(1),
    String(Math.round(1e6 / all)),
    String(Math.round((1e6 / all) * bytes * 8e-6)),
  ];
});
console.log(table(head, rows));

function total(cost: Cost): number {
  return cost.relay + cost.edge;
}

/** A stack for itself, so that nothing of one way is left in the next. */
async function measure({ answers, port, over }: Way): Promise<Cost> {
  const stack = await Running.make(answers);
  const { services, network } = stack.plan;
  const has = (service: string) => services.some(({ name }) => name === service);
  try {
    const door = has('haproxy') ? 'haproxy' : 'nginx';
    if (port === 443 && door === 'haproxy') await startHaproxy(stack);
    if (port === 443 && door === 'nginx') await startNginx(stack);
    await startCoturn(stack);
    if (has('coturn-443')) await startCoturn(stack, 'coturn-443', 'coturn-443');
    if (has('relay-go-mmproxy')) await startMmproxy(stack, 'relay-go-mmproxy');
    await startBridge(stack);
    const address = (port === 443 ? network.addresses[door]?.ipv4 : server[0]) ?? '';
    if (over === 'TLS') await startTls(stack, address, port);
    await wait(3000);
    const at = over === 'TLS' ? ['127.0.0.1', '1443'] : [address, String(port)];
    const before = times(stack);
    const { output } = await inSandbox(
      'turnserver',
      [
        ...(over === 'UDP' ? [] : ['-t']),
        ...['-c', '-p', at[1] ?? '', '-u', 'guest', '-W', turnSecret],
        ...['-m', String(clients), '-n', String(messages), '-l', String(bytes), '-z', '1'],
        ...['-e', network.addresses.jvb?.ipv4 ?? '', '-r', '3480', at[0] ?? ''],
      ],
      {
        network: stack.network.path('client'),
        through: 'timeout 120 turnutils_uclient "$@"',
        timeout: 150_000,
      },
    );
    const after = times(stack);
    const [, sent, received] =
      /tot_send_msgs=(\d+), tot_recv_msgs=(\d+)(?![\s\S]*tot_send_msgs)/.exec(output) ?? [];
    if (!Number(received)) throw new Error(output);
    // Each message goes through the relay twice.
    const packets = Number(sent) + Number(received);
    const cost = (names: readonly string[]) =>
      (names.reduce((sum, name) => sum + (after.get(name) ?? 0) - (before.get(name) ?? 0), 0) /
        packets) *
      1e6;
    return {
      relay: cost(['turnserver']),
      edge: cost(daemons.slice(1)),
      lost: 1 - Number(received) / Number(sent),
    };
  } finally {
    stack.end();
  }
}

/** turnutils names no server in its TLS, so socat does that part, for every way alike. */
async function startTls(stack: Running, address: string, port: number): Promise<void> {
  await stack.start('socat', 'client', 'socat', [
    'TCP4-LISTEN:1443,bind=127.0.0.1,fork,reuseaddr',
    `OPENSSL:${address}:${port},snihost=turn.example.org,verify=0`,
  ]);
}

/** Seconds of processors that each daemon has used; the peer that answers is none of the stack's. */
function times(stack: Running): Map<string, number> {
  const nodes = ['server', 'nginx', 'haproxy', 'coturn-443'].filter(
    (node) => node === 'server' || stack.plan.network.addresses[node] !== undefined,
  );
  return new Map(
    daemons.map((name) => [
      name,
      nodes
        .flatMap((node) => processesOf(name, readlinkSync(stack.network.path(node))))
        .reduce((sum, id) => sum + processorTime(id), 0),
    ]),
  );
}

function median(seen: readonly Cost[] = [], of: (cost: Cost) => number): number {
  const sorted = seen.map(of).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
