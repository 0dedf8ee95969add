import { type Adoption, handoverOf } from '../adopt/adoption.ts';
import type { Unplaced } from '../adopt/findings.ts';
import type { Answers } from '../answers/answers.ts';
import type { RawAnswers } from '../answers/complete.ts';
import type { Gathered } from '../answers/gather.ts';
import type { Section } from '../answers/sections.ts';
import type { StackUpdate } from '../decide.ts';
import type { WriteOptions } from '../generate.ts';
import type { Invocation } from './invocation.ts';
import type { Stages } from './stages.ts';

/** The stack that a run is about, before anything is decided. */
export interface Target {
  /** The directory as its owner typed it. */
  readonly named: string;
  readonly directory: string;
  readonly gathered: Gathered;
  /** The questions. */
  readonly sections: readonly Section[];
  /** Present where it is made of an installation that is there already. */
  readonly adoption?: Adoption;
}

export interface Decided extends StackUpdate {
  readonly answers: Answers;
  /** What the installation that is adopted has, and this plan has no place for. */
  readonly unplaced?: readonly Unplaced[];
}

/**
 * Checks complete answers and makes the plan.
 *
 * @throws StackError for wrong answers, and for right ones that do not go together
 */
export async function decidePlan(
  { sections, gathered, directory, adoption }: Omit<Target, 'named'>,
  raw: RawAnswers,
  stages: Stages,
): Promise<Decided> {
  const complete = { ...raw, release: raw.release ?? stages.newestRelease };
  const answers = stages.checkAnswers(sections, complete, gathered.sourceOf);
  const { existing, stacks } = gathered;
  if (adoption) {
    const { placeSettings } = await import('../adopt/place-settings.ts');
    const placed = await placeSettings(answers, adoption.proposal, stacks, stages.createPlan);
    return { answers: placed.plan.answers, ...placed };
  }
  const decided = existing
    ? await stages.planUpdate(directory, answers, stacks)
    : { plan: await stages.createPlan(answers, stacks) };
  return { answers: decided.plan.answers, ...decided };
}

/** What the command line and the target say about writing. */
export function writeOptions(
  { dryRun, check, git, mine, new: fresh, markers }: Invocation,
  { gathered: { stacks }, adoption }: Pick<Target, 'gathered' | 'adoption'>,
): WriteOptions {
  return {
    stacks,
    ...(adoption && { handover: handoverOf(adoption) }),
    ...((dryRun || check) && { dryRun: true }),
    ...(!git && { git }),
    ...(mine.length > 0 && { mine }),
    ...(fresh.length > 0 && { new: fresh }),
    ...(markers && { markers }),
  };
}
