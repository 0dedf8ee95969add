import type { Answers } from '../answers/answers.ts';
import type { RawAnswers } from '../answers/complete.ts';
import type { Section } from '../answers/sections.ts';
import type { StackUpgrade, WriteOptions } from '../generate.ts';
import type { Plan } from '../plan/plan.ts';
import type { Gathered } from './gather.ts';
import type { Invocation } from './invocation.ts';
import type { Stages } from './stages.ts';

/** The stack that a run is about, before anything is decided. */
export interface Place {
  /** The directory as its owner typed it. */
  readonly named: string;
  readonly directory: string;
  readonly gathered: Gathered;
  /** The questions. */
  readonly all: readonly Section[];
}

export interface Decided {
  readonly answers: Answers;
  readonly plan: Plan;
  /** Present when the stack is of another release so far. */
  readonly upgrade?: StackUpgrade;
}

/**
 * Checks complete answers and makes the plan.
 *
 * @throws StackError for wrong answers, and for right ones that do not go together
 */
export async function decidePlan(
  { all, gathered, directory }: Pick<Place, 'all' | 'gathered' | 'directory'>,
  raw: RawAnswers,
  stages: Stages,
): Promise<Decided> {
  const complete = { ...raw, release: raw.release ?? stages.newestRelease };
  const answers = stages.checkAnswers(all, complete, gathered.sourceOf);
  const { existing, stacks } = gathered;
  const decided = existing
    ? await stages.planUpdate(directory, answers, stacks)
    : { plan: await stages.createPlan(answers, stacks) };
  return { answers: decided.plan.answers, ...decided };
}

/** What the command line says about writing. */
export function writeOptions(
  { dryRun, check, git, mine, theNew, markers }: Invocation,
  { stacks }: Gathered,
): WriteOptions {
  return {
    stacks,
    ...((dryRun || check) && { dryRun: true }),
    ...(!git && { git }),
    ...(mine.length > 0 && { mine }),
    ...(theNew.length > 0 && { theNew }),
    ...(markers && { markers }),
  };
}
