import type { Overlap } from '../../sync/types.ts';
import type { Terminal } from '../terminal.ts';

/** One overlap: the owner's lines and the new ones, one above the other. */
export function overlapText(
  { path, line, mine, new: theirs }: Overlap,
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
    ...block('yours', mine, '<', 'cyan'),
    ...block('new', theirs, '>', 'green'),
  ].join('\n');
}
