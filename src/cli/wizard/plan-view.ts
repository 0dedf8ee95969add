import type { Decided } from '../../decide.ts';
import type { Plan } from '../../plan/plan.ts';
import { unplacedVersions } from '../report/adoption.ts';
import { networkDrawing } from '../report/drawing.ts';
import { fileList } from '../report/files.ts';
import { firstSentence, fit, linesOf, type Part } from '../report/fit.ts';
import { newerVersions, notKnownYetVersions } from '../report/newer.ts';
import { portTable } from '../report/ports.ts';
import { consequencesTitle, stepVersions } from '../report/steps.ts';
import { summaryText } from '../report/summary.ts';
import { upgradeVersions } from '../report/upgrade.ts';
import { whoGetsIn } from '../report/who.ts';
import type { Terminal } from '../terminal.ts';
import type { Asker } from './asker.ts';

/** What would become of what is there. */
export interface Preview {
  /** The changes to a stack that is there; left out for one that is new. */
  readonly changes?: Changes;
  /** What speaks against it, in sentences. */
  readonly warnings: readonly string[];
  /** Every answer that an old installation gave, with its file and line. */
  readonly found?: string;
}

/** A sentence, and files or lines. */
export interface Changes {
  readonly title: string;
  readonly files: Part;
  readonly diff?: string | undefined;
}

/** Lines of a difference that are shown without being asked for. */
const shortDiff = 12;

/** Lines that the question below it takes, and what was said at the start where no other question was asked. */
const question = 9;
const start = 3;

/** Something to see: below a title, or said by itself. */
interface Block {
  readonly title?: string;
  readonly level?: 'info' | 'warning';
  readonly versions: Part;
}

/** What somebody has to know before agreeing, in one screen; the rest is there on demand. */
export function showPlan(
  decided: Decided,
  asker: Asker,
  terminal: Terminal,
  preview: Preview,
  steps: Plan['steps'],
): void {
  const blocks = blocksOf(decided, terminal, preview, steps);
  const height = (texts: readonly string[]) =>
    texts.reduce((sum, text, index) => {
      const around = blocks[index]?.title === undefined ? 1 : 2;
      return text === '' ? sum : sum + linesOf(text) + around;
    }, 0);
  const { texts } = fit(
    blocks.map(({ versions }) => versions),
    terminal.lines - question - (preview.changes ? start : 0),
    height,
  );
  for (const [index, text] of texts.entries()) {
    const { title, level } = blocks[index] ?? {};
    if (text !== '' && title !== undefined) asker.show(title, text);
    else if (text !== '') asker.tell(text, level);
  }
}

function blocksOf(
  { plan, upgrade, newer, consequences = [], unplaced = [] }: Decided,
  terminal: Terminal,
  { changes, warnings }: Preview,
  steps: Plan['steps'],
): readonly Block[] {
  const width = widthOf(terminal);
  const { notKnownYet } = plan.release;
  // Whoever runs the stack already has read them.
  const noted = changes
    ? []
    : plan.notes.filter(({ level }) => level === 'warning').map(({ text }) => text);
  return [
    changes
      ? { title: changes.title, versions: withLines(changes) }
      : { title: 'The plan', versions: [summaryText(plan, steps, width)] },
    ...(upgrade
      ? [{ title: 'Another release of Jitsi', versions: upgradeVersions(upgrade, terminal, width) }]
      : []),
    ...(consequences.length > 0
      ? [{ title: consequencesTitle, versions: stepVersions(consequences, '.', width, terminal) }]
      : []),
    ...(unplaced.length > 0
      ? [{ title: 'Not taken over', versions: unplacedVersions(unplaced, terminal, width) }]
      : []),
    warning(warningVersions([...warnings, ...noted])),
    ...(newer ? [warning(newerVersions(newer, plan.release))] : []),
    ...(notKnownYet ? [{ versions: notKnownYetVersions(notKnownYet) }] : []),
  ];
}

/** Warnings in full, by their first sentences, or the first one and how many there are besides. */
function warningVersions(texts: readonly string[]): Part {
  const [first = '', ...rest] = texts.map(firstSentence);
  const list = (all: readonly string[]) => (rest.length > 0 ? all.map((one) => `- ${one}`) : all);
  const more = `and ${rest.length} more: see the details`;
  return [
    list(texts).join('\n'),
    list([first, ...rest]).join('\n'),
    list(rest.length > 0 ? [first, more] : [first]).join('\n'),
  ];
}

const warning = (versions: Part): Block => ({ level: 'warning', versions });

/** Everything that a plan shows in short, in full; with the network, the ports, and the files or every changed line. */
export function showDetails(
  { plan, upgrade, consequences = [], unplaced = [] }: Decided,
  asker: Asker,
  terminal: Terminal,
  { changes, found, warnings }: Preview,
): void {
  const width = widthOf(terminal);
  if (changes?.diff) asker.show('Every change', changes.diff.trimEnd());
  if (found) asker.show('Found', found);
  if (upgrade)
    asker.show('Another release of Jitsi', full(upgradeVersions(upgrade, terminal, width)));
  if (consequences.length > 0)
    asker.show(consequencesTitle, full(stepVersions(consequences, '.', width, terminal)));
  if (unplaced.length > 0)
    asker.show('Not taken over', full(unplacedVersions(unplaced, terminal, width)));
  asker.show('Network', networkDrawing(plan, width, terminal.unicode));
  asker.show('Open ports', portTable(plan, width));
  if (changes && plan.access) asker.show('Who gets in', whoGetsIn(plan.access, width));
  if (!changes) asker.show('Files', fileList(plan, width));
  for (const text of warnings) asker.tell(text, 'warning');
  for (const { level, text } of plan.notes) asker.tell(text, level);
}

const full = ([text = '']: Part) => text;

/** The files, with the lines that a small difference takes and brings. */
function withLines({ files, diff = '' }: Changes): Part {
  const lines = diff
    .split('\n')
    .filter((line) => /^(\+(?!\+\+ )|-(?!-- )|\+\+\+ )/.test(line))
    .map((line) => line.replace(/^\+\+\+ (b\/)?/, ''));
  const isShort = lines.length > 0 && lines.length <= shortDiff;
  return isShort ? [`${files[0]}\n\n${lines.join('\n')}`, ...files] : files;
}

function widthOf({ columns }: Terminal): number {
  return Math.min(columns, 100) - 4;
}
