import type { Condition } from '../../sync/index.ts';
import type { Explained } from '../explain-file.ts';
import type { Terminal } from '../terminal.ts';
import { listing } from './table.ts';

const conditions: Readonly<Record<Condition, string>> = {
  'as-generated': 'as it was generated',
  edited: 'edited by you',
  missing: 'deleted by you; it stays so',
  obstacle: 'something else of yours is in its place',
};

/** One file for a person: what it is, what has become of it, what it was made from. */
export function explainText(explained: Explained, { style, columns }: Terminal): string {
  const { path, what, features, template, condition } = explained;
  const rows: [string, string][] = [
    ['What', what],
    ...(condition ? [['Now', conditions[condition]] as [string, string]] : []),
    ...features.map(({ id, title, answers }, index): [string, string] => [
      index === 0 ? 'From' : '',
      `blueprint ${id} (${title}), ${reason(answers)}`,
    ]),
    ...(template ? [['Template', template] as [string, string]] : []),
  ];
  return `${style('bold', path)}\n${listing(rows, Math.min(columns, 100))}\n`;
}

function reason(answers: Readonly<Record<string, unknown>>): string {
  const all = Object.entries(answers).map(([key, value]) => `${key} (${spoken(value)})`);
  return all.length === 0 ? 'part of every stack' : `because of ${all.join(', ')}`;
}

/** An answer's choice says why; what belongs to it stands in jitsi-stack.json. */
function spoken(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ') || 'none';
  if (typeof value !== 'object' || value === null) return String(value);
  return spoken(Object.values(value)[0]);
}
