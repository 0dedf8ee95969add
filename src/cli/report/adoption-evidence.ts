import type { Adoption } from '../../adopt/adoption.ts';
import { type Evidence, placeOf, shown } from '../../adopt/evidence.ts';
import type { Unplaced } from '../../adopt/findings.ts';
import type { Terminal } from '../terminal.ts';
import { counted } from './adoption-sentences.ts';
import type { Part } from './fit.ts';
import { wrap } from './wrap.ts';

/** Each answer that was found, with what says so and its file and line. */
export function answerList(
  { proposal }: Pick<Adoption, 'proposal'>,
  terminal: Pick<Terminal, 'style' | 'unicode'>,
  width: number,
): string {
  const rows = proposal.inferred.map(({ answer, value, why, evidence }) => {
    const places = evidence.map(withoutKey).join('; ');
    return [answer, textOf(value), `${why}${places ? ` (${places})` : ''}`] as const;
  });
  return evidenceList(rows, terminal, width);
}

/** The settings that come along, each with its file and line: in full, their names, or how many there are. */
export function settingVersions(
  { proposal }: Pick<Adoption, 'proposal'>,
  unplaced: readonly Unplaced[],
  terminal: Pick<Terminal, 'style' | 'unicode'>,
  width: number,
): Part {
  const settings = Object.entries(settingsTaken(proposal, unplaced));
  if (settings.length === 0) return [''];
  const rows = settings.map(([name, { value, evidence }]) => {
    return [`settings.${name}`, shown(name, textOf(value)), withoutKey(evidence)] as const;
  });
  const names = settings.map(([name]) => name).join(', ');
  return [
    evidenceList(rows, terminal, width),
    wrap(names, width - 2)
      .map((line) => `  ${line}`)
      .join('\n'),
    counted(settings.length, 'setting'),
  ];
}

/** The settings that were found, without those that this stack has no place for. */
export function settingsTaken({ settings }: Adoption['proposal'], unplaced: readonly Unplaced[]) {
  const left = new Set(unplaced.map(({ name }) => name));
  return Object.fromEntries([...settings].filter(([name]) => !left.has(name)));
}

/** Names with their values, and where each comes from. */
function evidenceList(
  rows: readonly (readonly [name: string, value: string, from: string])[],
  { style, unicode }: Pick<Terminal, 'style' | 'unicode'>,
  width: number,
): string {
  const arrow = unicode ? '←' : '<-';
  return rows
    .map(([name, value, from]) =>
      wrap(`${name}: ${value} ${arrow} ${from}`, width - 4)
        .join('\n    ')
        .replace(name, style('bold', name)),
    )
    .join('\n');
}

/** File and line; the name is said already. */
export function withoutKey({ key: _, ...place }: Evidence): string {
  return placeOf(place);
}

function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
