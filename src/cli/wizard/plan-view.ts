import type { Decided } from '../../decide.ts';
import type { Plan } from '../../plan/plan.ts';
import { unplacedList } from '../report/adoption.ts';
import { networkDrawing } from '../report/drawing.ts';
import { fileList } from '../report/files.ts';
import { portTable } from '../report/ports.ts';
import { consequencesTitle, nextSteps } from '../report/steps.ts';
import { summaryText } from '../report/summary.ts';
import { upgradeText } from '../report/upgrade.ts';
import { whoGetsIn } from '../report/who.ts';
import type { Terminal } from '../terminal.ts';
import type { Asker } from './asker.ts';
import type { Wizard } from './surroundings.ts';

/** The changes to a stack that is there: a sentence, and files or lines; undefined for a stack that is new. */
export type Compared =
  | { readonly title: string; readonly body: string; readonly diff?: string | undefined }
  | undefined;

/** Lines of a difference that are shown without being asked for. */
const shortDiff = 12;

/** What somebody has to know before agreeing; the rest is there on demand. */
export function showPlan(
  { plan, upgrade, consequences = [], unplaced = [] }: Decided,
  { asker }: Wizard,
  terminal: Terminal,
  changes: Compared,
  steps: Plan['steps'],
): void {
  const { style } = terminal;
  const width = widthOf(terminal);
  if (upgrade) asker.show('Another release of Jitsi', upgradeText(upgrade, terminal, width));
  if (changes) {
    const lines = changedLines(changes.diff);
    asker.show(
      changes.title,
      lines.length > 0 ? `${changes.body}\n\n${lines.join('\n')}` : changes.body,
    );
  } else asker.show('The plan', summaryText(plan, steps, width));
  if (consequences.length > 0) {
    asker.show(consequencesTitle, nextSteps({ steps: consequences }, '.', width, style));
  }
  if (unplaced.length > 0) {
    asker.show('Not taken over', unplacedList(unplaced, terminal, width));
  }
  for (const { level, text } of plan.notes) if (level === 'warning') asker.tell(text, level);
}

/** The network, the ports and the files of a stack, or every changed line of one that is there. */
export function showDetails(
  { plan }: Decided,
  asker: Asker,
  terminal: Terminal,
  changes: Compared,
): void {
  const width = widthOf(terminal);
  if (changes?.diff) asker.show('Every change', changes.diff.trimEnd());
  asker.show('Network', networkDrawing(plan, width, terminal.unicode));
  asker.show('Open ports', portTable(plan, width));
  if (changes && plan.access) asker.show('Who gets in', whoGetsIn(plan.access, width));
  if (!changes) asker.show('Files', fileList(plan, width));
  for (const { level, text } of plan.notes) if (level === 'info') asker.tell(text, level);
}

/** The lines that a small difference takes and brings, by file; none where they are too many to read at once. */
function changedLines(diff = ''): readonly string[] {
  const lines = diff
    .split('\n')
    .filter((line) => /^(\+(?!\+\+ )|-(?!-- )|\+\+\+ )/.test(line))
    .map((line) => line.replace(/^\+\+\+ (b\/)?/, ''));
  return lines.length > shortDiff ? [] : lines;
}

function widthOf({ columns }: Terminal): number {
  return Math.min(columns, 100) - 4;
}
