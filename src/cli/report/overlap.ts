import type { Overlap } from '../../sync/types.ts';
import type { Terminal } from '../terminal.ts';

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
