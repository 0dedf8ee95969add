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

const wanted: readonly [string, number, number, string][] = [
  [
    '--help, to create-vite’s',
    typical('--help', own.name) / typical('--help', 'create-vite'),
    1.15,
    '',
  ],
  [
    'first prompt, to create-vite’s',
    typical('first prompt', own.name) / typical('first prompt', 'create-vite'),
    1.5,
    '',
  ],
  ['creation with its git commit', typical(`creation: ${own.creates}`, own.name), 700, ' ms'],
  ['update with nothing to do', typical('update with nothing to do', own.name), 300, ' ms'],
  ['unpacked', installedSize(own).bytes / 1000, 4000, ' kB'],
];
console.log(
  table(
    ['wanted', '', 'limit', 'measured'],
    wanted.map(([what, value, limit, unit]) => [
      what,
      value < limit ? 'holds' : 'does not hold',
      `${limit}${unit}`,
      `${value.toFixed(unit === '' ? 2 : 0)}${unit}`,
    ]),
  ),
);
