import { isInCluster } from '../../answers/whose.ts';
import type { Plan } from '../../plan/plan.ts';
import type { ChangeKind, FileChange } from '../../sync/types.ts';
import type { Report } from '../stages.ts';
import type { Terminal } from '../terminal.ts';
import { firstOf, type Part } from './fit.ts';
import { wrap } from './wrap.ts';

type Style = Terminal['style'];

const words: Readonly<Record<ChangeKind, readonly [word: string, colour: Parameters<Style>[0]]>> = {
  added: ['added', 'green'],
  changed: ['changed', 'yellow'],
  merged: ['merged', 'yellow'],
  removed: ['removed', 'red'],
  kept: ['kept', 'cyan'],
  'stays-deleted': ['left out', 'cyan'],
  'written-beside': ['written beside', 'cyan'],
};

/** Changes that write or remove something; the others say what was left alone. */
export function touched(changes: readonly FileChange[]): readonly FileChange[] {
  return changes.filter(({ change }) => change !== 'kept' && change !== 'stays-deleted');
}

/** One line for each file that a run touched or left alone on purpose. */
export function changeList(
  changes: readonly FileChange[],
  { style, columns }: Pick<Terminal, 'style' | 'columns'>,
): string {
  const width = Math.max(...changes.map(({ change }) => words[change][0].length)) + 2;
  return changes
    .map(({ path, change, note }) => {
      const [word, colour] = words[change];
      const lines = wrap(note ? `${path} (${note})` : path, Math.min(columns, 100) - 4 - width);
      return `${style(colour, word.padEnd(width))}${lines.join(`\n${' '.repeat(width)}`)}`;
    })
    .join('\n');
}

/** The files that a run touched: all of them, or a few and how many more there are. */
export function changeVersions(
  { changes, commit }: Pick<Report, 'changes' | 'commit'>,
  terminal: Pick<Terminal, 'style' | 'columns'>,
): Part {
  const list = changeList(changes, terminal);
  const all = commit ? 'git show --stat lists them' : '--details lists them';
  const few = firstOf(list.split('\n'), 6, (rest) => `… and ${rest} more: ${all}`);
  const [first = ''] = changes.map(({ path }) => path);
  const line = changes.length > 1 ? `${first} and ${changes.length - 1} more: ${all}` : first;
  return [list, few.join('\n'), line, ''];
}

/** What is left to do on the server after an update, or for the cluster, in one line. */
export function nextOnServer(
  upgrade: object | undefined,
  { answers }: Pick<Plan, 'answers'>,
): string {
  if (isInCluster(answers))
    return 'For the cluster: “Install it” in README.md, when it suits. Until then nothing changes for your visitors.';
  return upgrade
    ? 'On the server: ./stack upgrade. Until then nothing changes for your visitors.'
    : 'On the server: ./stack up, when it suits. Until then nothing changes for your visitors.';
}

/** What a run did, in one line. */
export function outcomeLine(
  { outcome, changes, commit, overlaps }: Report,
  directory: string,
): string {
  const place = spokenPlace(directory);
  const inside =
    directory === '.' ? 'this folder' : isHere(directory) ? 'the stack here' : directory;
  const files = touched(changes).length;
  const count = files === 1 ? '1 file' : `${files} files`;
  const committed = commit ? `, commit ${commit.slice(0, 7)}` : '';
  const places = overlaps.length === 1 ? 'one place' : `${overlaps.length} places`;
  switch (outcome) {
    case 'created':
      return `Created ${isHere(directory) ? 'the stack in this folder' : directory}: ${count}${committed}.`;
    case 'updated':
      return `Updated ${inside}: ${count}${committed}.`;
    case 'unchanged':
      return `${place} is up to date.`;
    case 'preview':
      if (files === 0 && overlaps.length === 0) return `${place} is up to date.`;
      return `A run would change ${count} in ${inside}${overlaps.length > 0 ? `, and your edits overlap with it in ${places}` : ''}.`;
    case 'overlap':
      return `Your edits and the new version overlap in ${places}; nothing in ${inside} was changed.`;
  }
}

/** A directory in a sentence: nobody reads “.” or “../..” as a name. */
export function spokenPlace(directory: string): string {
  if (directory === '.') return 'This folder';
  return isHere(directory) ? 'The stack here' : directory;
}

/** The stack that somebody is in, at its top or below it. */
function isHere(directory: string): boolean {
  return /^\.\.?(\/\.\.)*$/.test(directory);
}

/** Ways on where edits overlap, for somebody who cannot be asked. */
export function waysOn({ overlaps }: Report, command: string): string {
  const paths = [...new Set(overlaps.map(({ path }) => path))];
  const path = paths.length === 1 ? paths[0] : 'PATH';
  return [
    'Choose one of these:',
    `  ${command} --mine ${path}`,
    '      keep your lines (“.” means in all files)',
    `  ${command} --new ${path}`,
    '      take the new lines there',
    `  ${command} --markers`,
    '      leave conflict markers in the files, to resolve by hand',
    ...wrap('In a terminal, without --yes, each place is shown and asked.', 78),
  ].join('\n');
}
