import type { Adoption } from '../../adopt/adoption.ts';
import type { Unplaced } from '../../adopt/findings.ts';
import { stepsOf } from '../../adopt/steps.ts';
import type { Answers } from '../../answers/answers.ts';
import type { Gathered } from '../../answers/gather.ts';
import type { Section } from '../../answers/sections.ts';
import type { Taken } from '../../answers/taken.ts';
import type { AccessAudit } from '../../audit/undone.ts';
import { type ExitCode, exitCode } from '../../errors.ts';
import type { Plan } from '../../plan/plan.ts';
import { shellWord } from '../../shell-word.ts';
import type { StackUpdate } from '../../stack-update.ts';
import type { Invocation } from '../invocation.ts';
import type { Report } from '../stages.ts';
import { adoptionJson } from './adoption.ts';
import { touched } from './changes.ts';
import type { DriftReport } from './drift.ts';
import { program } from './program.ts';
import { repeatCommand } from './repeat.ts';
import { takenFromHereText } from './taken.ts';

/** Everything that a finished run can report. */
export interface Result extends StackUpdate {
  readonly named: string;
  readonly directory: string;
  readonly sections: readonly Section[];
  readonly gathered: Gathered;
  readonly answers: Answers;
  /** Present where an installation is adopted. */
  readonly adoption?: Adoption;
  readonly unplaced?: readonly Unplaced[];
  /** Present where it was asked for (`--check`). */
  readonly drift?: DriftReport;
  /** What in the owner's files decides about access; present where it was asked for (`--check`). */
  readonly access?: AccessAudit;
  /** What came from this computer without anybody having said that Jitsi runs on it. */
  readonly taken?: readonly Taken[];
  readonly report: Report;
  /** What is left to do, from what was found; those of the plan, where nobody has looked. */
  readonly steps?: Plan['steps'];
  readonly invocation: Invocation;
}

/** The exit code that a report calls for. */
export function exitCodeOf({
  report: { outcome, changes, overlaps },
  access,
  invocation: { check },
}: Pick<Result, 'report' | 'access' | 'invocation'>): ExitCode {
  if (outcome === 'overlap' || (access?.undone.length ?? 0) > 0) return exitCode.attention;
  const open = touched(changes).length + overlaps.length > 0;
  return check && outcome === 'preview' && open ? exitCode.attention : exitCode.done;
}

/** The result as one JSON document. */
export function resultJson({
  directory,
  plan,
  upgrade,
  consequences = [],
  newer,
  drift,
  access,
  adoption,
  unplaced = [],
  taken = [],
  steps: found,
  report,
  invocation,
}: Result): string {
  const { dryRun, check } = invocation;
  const { url, release, notes } = plan;
  const steps = adoption ? stepsOf(adoption, plan, report) : (found ?? plan.steps);
  return `${JSON.stringify(
    {
      ...report,
      directory,
      url,
      release: release.tag,
      steps,
      planNotes: notes,
      ...(taken.length > 0 && { takenFromHere: takenJson(taken) }),
      ...(upgrade && { upgrade }),
      ...(consequences.length > 0 && { consequences }),
      ...(newer && { newer }),
      ...(release.notKnownYet && { notKnownYet: release.notKnownYet }),
      ...(drift && { drift }),
      ...(access && { access }),
      ...(adoption && { adoption: adoptionJson(adoption, unplaced) }),
      ...((dryRun || check) && { plan }),
    },
    null,
    2,
  )}\n`;
}

/** What came from this computer, by its place, and the sentence about it. */
function takenJson(taken: readonly Taken[]): object {
  return {
    warning: takenFromHereText(taken),
    answers: Object.fromEntries(taken.map(({ place, value }) => [place, value])),
  };
}

/** What is left for the owner to do after this run. */
export function stepsFor({ plan, adoption, report, steps, invocation }: Result): Plan['steps'] {
  const { outcome } = report;
  if (outcome === 'overlap' || outcome === 'preview') return [];
  if (adoption) return stepsOf(adoption, plan, report);
  const isWanted = outcome === 'created' || (outcome === 'unchanged' && invocation.details);
  return isWanted ? (steps ?? plan.steps) : [];
}

/** How to do the same again without questions. */
export function repeatText({ sections, answers, named, adoption, invocation }: Result): string {
  const files = invocation.envFiles.flatMap((file) => ['--env-file', file]);
  const options = [...files, ...(invocation.git ? [] : ['--no-git'])];
  const old = adoption && (adoption.inPlace ? ['adopt'] : ['adopt', adoption.named]);
  const place = [...(old ?? []), named];
  return `The same again, without questions:\n${repeatCommand(sections, answers, place, options, adoption !== undefined)}`;
}

/** The same with the answers of the stack that is there now, in a line; an adoption has to be told all of them. */
export function repeatLine({ named, adoption }: Result): string {
  if (adoption) return '';
  const file = named === '.' ? 'jitsi-stack.json' : `${named}/jitsi-stack.json`;
  return `The same again: ${program} DIRECTORY --yes --answers ${shellWord(file)}`;
}

/** The call at hand as somebody would type it again. */
export function callOf({ typed }: Pick<Invocation, 'typed'>): string {
  return [program, ...typed.map(shellWord)].join(' ');
}
