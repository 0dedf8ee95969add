import type { Adoption } from './adopt/adoption.ts';
import type { Unplaced } from './adopt/findings.ts';
import type { Answers } from './answers/answers.ts';
import { checkAnswers } from './answers/check.ts';
import type { RawAnswers } from './answers/complete.ts';
import type { Gathered } from './answers/gather.ts';
import type { Section } from './answers/sections.ts';
import { type Problem, StackError } from './errors.ts';
import { type Catalogue, newestRelease } from './releases/index.ts';
import { createStackPlan } from './stack-plan.ts';
import { planStackUpdate, type StackUpdate } from './stack-update.ts';

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
 * Checks complete answers and decides what becomes of a stack.
 *
 * @param raw the newest known release is taken where they name none
 * @throws StackError for wrong answers, and for right ones that do not go together
 */
export async function decideStack(
  { sections, gathered, directory, adoption }: Omit<Target, 'named'>,
  raw: RawAnswers,
  catalogue: Catalogue,
): Promise<Decided> {
  const answers = checked(sections, raw, gathered);
  if (adoption) {
    const { placeSettings } = await import('./adopt/place-settings.ts');
    const placed = await placeSettings(answers, adoption.proposal, catalogue, createStackPlan);
    return { answers: placed.plan.answers, ...placed };
  }
  const decided = gathered.existing
    ? await planStackUpdate(directory, answers, catalogue)
    : { plan: await createStackPlan(answers, catalogue) };
  return { answers: decided.plan.answers, ...decided };
}

/** Why complete answers, for a stack that is new, do not go together. */
export async function refusalsOf(
  sections: readonly Section[],
  raw: RawAnswers,
  catalogue: Catalogue,
): Promise<readonly Problem[]> {
  try {
    const answers = checked(sections, raw, { sourceOf: () => 'answers' });
    await createStackPlan(answers, catalogue);
    return [];
  } catch (error) {
    if (error instanceof StackError) return error.problems;
    throw error;
  }
}

/** Answers that are valid, each by itself. */
export function checked(
  sections: readonly Section[],
  raw: RawAnswers,
  { sourceOf }: Pick<Gathered, 'sourceOf'>,
): Answers {
  return checkAnswers(sections, { ...raw, release: raw.release ?? newestRelease }, sourceOf);
}
