import type { CommandContext } from './context.ts';
import { takenVersions } from './report/adoption.ts';
import { changeVersions, nextOnServer, outcomeLine, waysOn } from './report/changes.ts';
import { firstSentence, fit, linesOf, type Part } from './report/fit.ts';
import { callOf, type Result, repeatLine, repeatText, stepsFor } from './report/result.ts';
import { moreAt } from './report/result-page.ts';
import { consequencesTitle, stepVersions } from './report/steps.ts';
import { spokenUrl } from './report/summary.ts';
import type { Asker } from './wizard/asker.ts';

/** What was done and what is left to do, in one screen. */
export function tellEnd(result: Result, { terminal, print }: CommandContext, asker: Asker): void {
  const { named, plan, upgrade, consequences = [], report } = result;
  const width = Math.min(terminal.columns, 100) - 4;
  const { outcome, notes } = report;
  asker.tell(outcomeLine(report, named), outcome === 'overlap' ? 'warning' : 'success');
  if (outcome === 'overlap') {
    for (const note of notes) asker.tell(note);
    asker.show('Open', waysOn(report, callOf(result.invocation)));
    asker.outro('Nothing was changed.');
    return;
  }
  const steps = stepsFor(result);
  const blocks: readonly (readonly [title: string, versions: Part])[] = [
    ['Changes', outcome === 'created' ? [''] : changeVersions(report, terminal)],
    ['Brought over', takenVersions(report)],
    ['', [notes.join('\n'), notes.map(firstSentence).join('\n')]],
    [
      consequencesTitle,
      outcome === 'updated' ? stepVersions(consequences, named, width, terminal) : [''],
    ],
    ['Next steps', stepVersions(steps, named, width, terminal)],
  ];
  // The outcome above it; below it the last line, where the rest stands, and how to do it again.
  const around = 9;
  const { texts, isCut } = fit(
    blocks.map(([, versions]) => versions),
    terminal.lines - around,
    (all) => all.reduce((sum, text) => (text === '' ? sum : sum + linesOf(text) + 2), 0),
  );
  for (const [index, text] of texts.entries()) {
    const [title = ''] = blocks[index] ?? [];
    if (text !== '' && title === '') asker.tell(text);
    else if (text !== '') asker.show(title, text);
  }
  asker.outro(
    outcome === 'created'
      ? `Meetings will be at ${spokenUrl(plan.answers.domain)}`
      : nextOnServer(upgrade, plan),
  );
  if (isCut) print(`${moreAt(result)}\n`);
  if (outcome === 'created') print(`${isCut ? repeatLine(result) : repeatText(result)}\n`);
}
