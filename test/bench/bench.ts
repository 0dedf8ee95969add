/**
 * Measures speed and size beside peers: `npm run bundle && npm run bench [rounds]`. Peers are installed once, below
 * `.cache/`. In every round everything is measured once, so that what else the machine does hits all alike.
 */
import { availableParallelism, loadavg } from 'node:os';
import { median } from './measure.ts';
import { installedSize, installTools } from './peers.ts';
import { prepareRows, type Row } from './rows.ts';
import { table } from './table.ts';

const rounds = Number(process.argv[2] ?? 15);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('How many rounds? A whole number.');
Object.assign(process.env, {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Bench',
  GIT_AUTHOR_EMAIL: 'bench@example.org',
  GIT_COMMITTER_NAME: 'Bench',
  GIT_COMMITTER_EMAIL: 'bench@example.org',
});

const { own, peers, packedBytes } = await installTools();
const { rows, setUp, tearDown } = prepareRows(own, peers);
const before = loadavg()[0] ?? 0;
try {
  await setUp();
  // The first one warms the disk's cache and does not count.
  for (let round = 0; round <= rounds; round++) {
    for (const index of rows.keys()) {
      const row = rows[(index + round) % rows.length] as Row;
      const time = await row.measure();
      if (round > 0) row.times.push(time);
    }
  }
} finally {
  tearDown();
}

const typical = (what: string, tool: string) =>
  median(rows.find((row) => row.what === what && row.tool === tool)?.times ?? []);
const ratio = (row: Row, to: string) => {
  const value = median(row.times) / typical(row.what, to);
  return Number.isNaN(value) ? '' : value.toFixed(2);
};
const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)}`;

console.log(
  `Node ${process.version}, ${process.platform}, ${availableParallelism()} processors, ${rounds} rounds,` +
    ` load ${before.toFixed(1)} before and ${(loadavg()[0] ?? 0).toFixed(1)} after\n`,
);
console.log(
  table(
    ['measured', 'tool', 'median ms', 'least ms', '/ bare node', '/ create-vite'],
    rows.map((row) => [
      row.what,
      row.tool,
      median(row.times).toFixed(0),
      Math.min(...row.times).toFixed(0),
      ratio(row, 'bare node'),
      row.what.startsWith('creation') ? '' : ratio(row, 'create-vite'),
    ]),
  ),
);
console.log(
  `\n${table(
    ['installed, with dependencies', '', 'kB', 'files'],
    [own, ...peers].map((tool) => {
      const { bytes, files } = installedSize(tool);
      return [tool.name, '', kilobytes(bytes), `${files}`];
    }),
  )}\nThe packed tarball of ${own.name} has ${kilobytes(packedBytes)} kB.\n`,
);

/** The limits in milliseconds are for a machine on which bare node takes this long. */
const reference = 58;
const pace = reference / typical('--help', 'bare node');
const against = (what: string) => typical(what, own.name) / typical(what, 'create-vite');
const wanted: readonly [what: string, limit: number, value: number, unit: string, pace: number][] =
  [
    ['--help, to create-vite’s', 1.15, against('--help'), '', 1],
    ['first prompt, to create-vite’s', 1.5, against('first prompt'), '', 1],
    [
      'creation with its git commit',
      700,
      typical(`creation: ${own.creates}`, own.name),
      ' ms',
      pace,
    ],
    ['update with nothing to do', 300, typical('update with nothing to do', own.name), ' ms', pace],
    ['unpacked', 4000, installedSize(own).bytes / 1000, ' kB', 1],
  ];
console.log(
  table(
    ['wanted', '', 'limit', 'measured', `if bare node took ${reference} ms`],
    wanted.map(([what, limit, value, unit, factor]) => {
      const text = (number: number) => `${number.toFixed(unit === '' ? 2 : 0)}${unit}`;
      const verdict = value * factor < limit ? 'holds' : 'does not hold';
      const scaled = factor === 1 ? '' : text(value * factor);
      return [what, verdict, text(limit), text(value), scaled];
    }),
  ),
);
