import type { Overlap } from '../../sync/types.ts';
import type { Terminal } from '../terminal.ts';
import { firstOf, type Part } from './fit.ts';

/** All overlaps with both sides of each, or where they are. */
export function overlapVersions(
  overlaps: readonly Overlap[],
  { style }: Pick<Terminal, 'style'>,
): Part {
  const places = overlaps.map((overlap) =>
    overlap.base === undefined ? overlapLine(overlap) : `${overlap.path}, line ${overlap.line}`,
  );
  const sides = overlaps.map((overlap, index) =>
    overlap.base === undefined ? (places[index] ?? '') : overlapText(overlap, style),
  );
  const [first = '', ...rest] = sides;
  return [
    sides.join('\n\n'),
    [first, ...(rest.length > 0 ? [firstOf(places.slice(1), 4, andMore).join('\n')] : [])].join(
      '\n\n',
    ),
    firstOf(places, 6, andMore).join('\n'),
  ];
}

const andMore = (rest: number) => `… and ${rest} more`;

/** One overlap: the owner's lines and the new ones, one above the other. */
export function overlapText(
  { path, line, mine, new: generated }: Overlap,
  style: Terminal['style'],
): string {
  const block = (title: string, text: string, mark: string, colour: 'cyan' | 'green') => [
    style('bold', title),
    ...(text === ''
      ? [style('dim', '  (no lines)')]
      : text
          .replace(/\n$/, '')
          .split('\n')
          .map((row) => style(colour, `${mark} ${row}`))),
  ];
  return [
    `${path}, line ${line}`,
    ...block('mine', mine, '<', 'cyan'),
    ...block('new', generated, '>', 'green'),
  ].join('\n');
}

/** An overlap of a whole file that was here before the stack, in a line: neither side is news to its reader. */
export function overlapLine({ path, line, lines, new: text }: Overlap): string {
  const count = (number: number) => `${number} ${number === 1 ? 'line' : 'lines'}`;
  const generated = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return `${path}, line ${line}: ${count(lines)} of yours where ${count(generated)} would be generated`;
}
