/**
 * How long deciding and rendering take with more and more further bridges: `npm run bench:machines [ROUNDS]`. In every round each
 * number is measured once, so that what else the machine does hits all alike.
 */
import { availableParallelism, loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { planOf, renderedOf } from '../matrix/stack.ts';
import { median } from './measure.ts';
import { table } from './table.ts';

const rounds = Number(process.argv[2] ?? 7);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('How many rounds? A whole number.');

const numbers = [0, 1, 25, 50, 100, 200] as const;

function answersWith(bridges: number) {
  const machines = Array.from({ length: bridges }, (_, index) => ({
    name: `b${index + 1}`,
    runs: 'bridge',
    address: `198.51.100.${index + 1}`,
    reaches: '203.0.113.7',
  }));
  return {
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses: ['203.0.113.7'] },
    certificates: { source: 'own' },
    firewall: ['nftables'],
    ...(bridges > 0 && { machines }),
  };
}

const times = new Map<number, { plan: number[]; all: number[] }>(
  numbers.map((number) => [number, { plan: [], all: [] }]),
);
let files: number[] = [];
const before = loadavg()[0] ?? 0;
// The first round compiles templates, and does not count.
for (let round = 0; round <= rounds; round++) {
  files = [];
  for (const number of numbers) {
    const raw = answersWith(number);
    const started = performance.now();
    await planOf(raw);
    const planned = performance.now();
    const rendered = await renderedOf(raw);
    const ended = performance.now();
    files.push(rendered.files.length);
    if (round === 0) continue;
    times.get(number)?.plan.push(planned - started);
    times.get(number)?.all.push(ended - planned);
  }
}

const typical = (number: number, what: 'plan' | 'all') => median(times.get(number)?.[what] ?? []);
const none = typical(0, 'all');
console.log(
  `Node ${process.version}, ${process.platform}, ${availableParallelism()} processors, ${rounds} rounds,` +
    ` load ${before.toFixed(1)} before and ${(loadavg()[0] ?? 0).toFixed(1)} after\n`,
);
console.log(
  table(
    ['further bridges', '', 'files', 'plan ms', 'plan and files ms', 'ms for each'],
    numbers.map((number, index) => [
      String(number),
      '',
      String(files[index]),
      typical(number, 'plan').toFixed(0),
      typical(number, 'all').toFixed(0),
      number === 0 ? '' : ((typical(number, 'all') - none) / number).toFixed(2),
    ]),
  ),
);
const each = (number: number) => (typical(number, 'all') - none) / number;
const growth = each(200) / each(50);
console.log(
  `\nEach of 200 takes ${growth.toFixed(2)} times what each of 50 takes: ${growth < 1.5 ? 'linear' : 'NOT linear'}.`,
);
