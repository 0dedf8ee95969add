import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Span, terminalPicture } from './terminal.ts';

const tree = join(import.meta.dirname, '../../golden/public-acme-coturn/stack');
const shown = 30;

/** A generated stack: what lies in it, and how its compose file reads. */
export function stackPicture(): string {
  const entries = readdirSync(tree, { withFileTypes: true });
  const names = entries
    .filter(({ name }) => !name.startsWith('.'))
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .sort(
      (one, other) =>
        Number(other.endsWith('/')) - Number(one.endsWith('/')) || (one < other ? -1 : 1),
    );
  const compose = readFileSync(join(tree, 'compose.yaml'), 'utf8').split('\n');
  const start = compose.indexOf('services:') + 1;
  const prompt = (command: string): Span[] => [
    { text: '$', colour: 'done' },
    { text: ` ${command}` },
  ];
  return terminalPicture('a generated stack', [
    prompt('ls'),
    ...rowsOf(names, 6).map((row): Span[] => [{ text: row }]),
    [],
    prompt(`sed -n '${start + 1},${start + shown}p' compose.yaml`),
    ...compose.slice(start, start + shown).map(lineOf),
  ]);
}

function rowsOf(names: readonly string[], columns: number): string[] {
  const cell = Math.max(...names.map(({ length }) => length)) + 2;
  const rows: string[] = [];
  for (let at = 0; at < names.length; at += columns)
    rows.push(
      names
        .slice(at, at + columns)
        .map((name) => name.padEnd(cell))
        .join('')
        .trimEnd(),
    );
  return rows;
}

/** Comments in grey, keys in blue. */
function lineOf(line: string): Span[] {
  if (line.trimStart().startsWith('#')) return [{ text: line, colour: 'dim' }];
  const [, key = '', rest = ''] = /^(\s*[\w-]+)(:.*)$/.exec(line) ?? [];
  return key === '' ? [{ text: line }] : [{ text: key, colour: 'active' }, { text: rest }];
}
