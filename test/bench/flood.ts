/**
 * What one hostile address takes of an edge, with the caps of a stack and without: `npx tsx test/bench/flood.ts [CONNECTIONS] [EDGE]`.
 * Everything runs in network namespaces of its own. The figures are this machine's on this day; the first two columns are what
 * counts.
 */
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import type { Deeds } from '../blueprints/edge/crowd.ts';
import { startBehind, startCoturn, startHaproxy, startNginx } from '../blueprints/edge/daemons.ts';
import { Running } from '../blueprints/edge/running.ts';
import { processesOf } from './processes.ts';

const hostile = '192.0.2.66';
const count = Number(process.argv[2] ?? 9000);
const only = process.argv[3] ?? '';
const relay = { mode: 'coturn', domain: 'turn.example.org' };
const edges = {
  NGINX: { edge: { proxy: 'nginx' }, turn: relay },
  'NGINX, 443 shared': { edge: { proxy: 'nginx' }, turn: { ...relay, share443: true } },
  HAProxy: { edge: { proxy: 'haproxy' }, turn: relay },
};
const page = { name: 'meet.example.org', head: 'GET / HTTP/1.1\r\nHost: meet.example.org' };
const looks = 10;

console.log(
  `| edge | caps | connections held of ${count} | looks of others that got the page | NGINX, MB before and at the worst | HAProxy, MB |`,
);
console.log('| --- | --- | ---: | ---: | ---: | ---: |');
for (const [title, answers] of Object.entries(edges).filter(([name]) => name.includes(only))) {
  for (const caps of [true, false]) {
    const { open, seen, memory } = await besieged(answers, caps);
    const range = (name: string) => memory.get(name)?.join(' → ') ?? '';
    const cells = [open, `${seen} of ${looks}`, range('nginx'), range('haproxy')];
    console.log(`| ${title} | ${caps ? 'with' : 'without'} | ${cells.join(' | ')} |`);
  }
}

/** One flood: connections that say a whole hello and nothing after it, each opened anew when it is cut off. */
async function besieged(answers: (typeof edges)[keyof typeof edges], caps: boolean) {
  const stack = await Running.make(answers);
  const door = answers.edge.proxy;
  const address = stack.plan.network.addresses[door]?.ipv4 ?? '';
  try {
    await stack.network.run('client', [`ip addr add ${hostile}/24 dev eth0`]);
    if (!caps) withoutCaps(stack);
    if (door === 'haproxy') await startHaproxy(stack);
    startBehind(stack);
    await startNginx(stack);
    await startCoturn(stack);
    const seesPage = () =>
      stack.ask('request', { address, ...page }).then(
        ({ data = '' }) => data.includes('200 OK'),
        () => false,
      );
    await stack.until('the page', seesPage);
    const memory = new Map<string, [before: number, worst: number]>();
    const weigh = () => {
      for (const name of ['nginx', 'haproxy']) {
        const node = name === door || name === 'nginx' ? name : undefined;
        if (node === undefined) continue;
        const now = megabytes(name, readlinkSync(stack.network.path(node)));
        const [before = now, worst = now] = memory.get(name) ?? [];
        if (now > 0) memory.set(name, [before, Math.max(worst, now)]);
      }
    };
    weigh();
    const crowd = stack.script('hostile', 'client', 'crowd.ts');
    const details: Parameters<Deeds['besiege']>[0] = {
      ...{ address, port: 443, from: hostile, count },
      ...{ says: 'a hello, then nothing', seconds: 2 },
    };
    crowd.send({ deed: 'besiege', details });
    const besieging = once(crowd, 'message') as Promise<[{ open: number }]>;
    await besieging.then(weigh);
    let seen = 0;
    for (let i = 0; i < looks; i++) {
      if (await seesPage()) seen += 1;
      weigh();
    }
    const [{ open }] = await besieging;
    return { open, seen, memory };
  } finally {
    stack.end();
  }
}

/** As if nobody were counted: what is left is what a daemon can hold at all. */
function withoutCaps({ directory }: Running): void {
  const lift = (path: string, from: RegExp, to: string) => {
    const file = `${directory}/${path}`;
    const text = readFileSync(file, 'utf8');
    if (!from.test(text)) throw new Error(`${path} has no caps to lift`);
    writeFileSync(file, text.replace(from, to));
  };
  for (const file of readdirSync(`${directory}/nginx`).filter((name) => name.endsWith('.conf')))
    if (/limit_conn door/.test(readFileSync(`${directory}/nginx/${file}`, 'utf8')))
      lift(`nginx/${file}`, /limit_conn door \d+;/g, '');
  if (readdirSync(directory).includes('haproxy'))
    lift('haproxy/haproxy.cfg', /gt \d+ }/g, 'gt 1000000 }');
}

/** What all processes of this name in a network hold in memory for themselves. */
function megabytes(name: string, network: string): number {
  const kilobytes = processesOf(name, network).map((id) => {
    const rollup = readFileSync(`/proc/${id}/smaps_rollup`, 'utf8');
    return Number(/^Pss: +(\d+)/m.exec(rollup)?.[1] ?? 0);
  });
  return Math.round(kilobytes.reduce((sum, part) => sum + part, 0) / 1024);
}
