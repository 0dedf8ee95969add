import { shellWord } from '../../shell-word.ts';
import type { Terminal } from '../terminal.ts';
import { accessText } from './access.ts';
import { takenVersions, unplacedVersions } from './adoption.ts';
import { settingVersions } from './adoption-evidence.ts';
import { changeVersions, nextOnServer, outcomeLine, waysOn } from './changes.ts';
import { driftText } from './drift.ts';
import { firstSentence, fit, type Part, pageOf } from './fit.ts';
import { localText } from './local.ts';
import { newerVersions, notKnownYetVersions } from './newer.ts';
import { overlapVersions } from './overlap.ts';
import { noteText } from './problems.ts';
import { program } from './program.ts';
import { callOf, type Result, repeatLine, repeatText, stepsFor } from './result.ts';
import { consequencesTitle, stepVersions } from './steps.ts';
import { upgradeVersions } from './upgrade.ts';
import { wrap } from './wrap.ts';

/** The result for a terminal that nobody answers at, as far as it has room for it, or in full for a pipe. */
export function resultText(result: Result, terminal: Terminal): string {
  const { diff } = result.report;
  const { texts, isCut } = fit(partsOf(result, terminal), terminal.lines - 3);
  const page = pageOf(texts);
  return `${[page, diff?.trimEnd(), isCut && moreAt(result)].filter(Boolean).join('\n\n')}\n`;
}

/** Where the rest stands. */
export function moreAt({ named, adoption, report: { outcome } }: Result): string {
  if (outcome === 'updated') return 'All of it: git show has the changes, README.md the steps.';
  if (adoption || outcome !== 'created') return 'The same call with --details shows all of it.';
  return `More about each step: README.md, or ${program} ${shellWord(named)} --details`;
}

/** What there is to say, in the order of reading; what stands first gets the room first. */
function partsOf(result: Result, terminal: Terminal): Part[] {
  const { named, plan, upgrade, newer, consequences = [], drift, access } = result;
  const { adoption, unplaced = [], report, invocation } = result;
  const { outcome, notes } = report;
  const { notKnownYet } = plan.release;
  const width = Math.min(terminal.columns, 100);
  const isNew = outcome === 'updated' || outcome === 'preview';
  const steps = stepsFor(result);
  const note = (text: string) => noteText(text, terminal);
  return [
    ...(upgrade && outcome === 'preview' ? [upgradeVersions(upgrade, terminal, width)] : []),
    [outcomeLine(report, named)],
    ...(outcome === 'overlap' ? [] : [changeVersions(report, terminal)]),
    ...(report.overlaps.length > 0 ? [overlapVersions(report.overlaps, terminal)] : []),
    ...(outcome === 'overlap' ? [[waysOn(report, callOf(invocation))]] : []),
    ...(adoption
      ? [titled('Settings taken over', settingVersions(adoption, unplaced, terminal, width))]
      : []),
    ...(unplaced.length > 0
      ? [titled('Not taken over', unplacedVersions(unplaced, terminal, width))]
      : []),
    ...localParts(result, width),
    ...(drift ? [[driftText(drift, width)]] : []),
    ...(access ? [[accessText(access, plan, terminal)]] : []),
    [notes.join('\n'), notes.map(firstSentence).join('\n')],
    ...(consequences.length > 0 && isNew
      ? [titled(consequencesTitle, stepVersions(consequences, named, width, terminal))]
      : []),
    ...(steps.length > 0
      ? [titled('Next steps', stepVersions(steps, named, width, terminal))]
      : []),
    ...(outcome === 'created' ? [[repeatText(result), repeatLine(result), '']] : []),
    ...(outcome === 'updated' ? [[wrap(nextOnServer(upgrade, plan), width).join('\n')]] : []),
    ...(newer ? [newerVersions(newer, plan.release).map(note)] : []),
    ...(notKnownYet ? [notKnownYetVersions(notKnownYet).map(note)] : []),
  ];
}

function titled(title: string, versions: Part): Part {
  return versions.map((text) => {
    if (text === '') return '';
    return text.includes('\n') || text.startsWith(' ') ? `${title}\n${text}` : `${title}: ${text}`;
  });
}

/** What happened outside git. A new stack's own secrets and certificate go without saying. */
function localParts({ report }: Result, width: number): Part[] {
  const { outcome } = report;
  return [
    ...(outcome === 'created' ? [] : [[localText(report, width)]]),
    ...(outcome === 'preview' ? [] : [titled('Brought over', takenVersions(report))]),
  ];
}
