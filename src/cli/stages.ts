import type { RawAnswers } from '../answers/complete.ts';
import type { Field } from '../answers/field.ts';
import { fieldSchema } from '../answers/kinds.ts';
import type { Section } from '../answers/sections.ts';
import { type Decided, decideStack, refusalsOf, type Target } from '../decide.ts';
import type { Problem } from '../errors.ts';
import { type WriteOptions, type WriteReport, writeStack } from '../generate.ts';
import type { Plan } from '../plan/plan.ts';
import { openCatalogue } from '../releases/index.ts';

export type { WriteReport as Report } from '../generate.ts';

/** The stages behind the questions. They are heavy, so they are loaded while somebody types. */
export interface Stages {
  /** What is wrong with the answer to one question. */
  readonly problemOf: (field: Field, value: unknown) => string | undefined;
  /** A right answer as it will be kept: without blanks around it, in its canonical spelling. */
  readonly normalise: (field: Field, value: unknown) => unknown;
  /** Every release that a stack can have, the newest first. */
  readonly releases: readonly string[];
  /** Why complete answers, for a stack that is new, do not go together. */
  readonly refusals: (sections: readonly Section[], raw: RawAnswers) => Promise<readonly Problem[]>;
  readonly decide: (target: Target, raw: RawAnswers) => Promise<Decided>;
  readonly write: (directory: string, plan: Plan, options: WriteOptions) => Promise<WriteReport>;
}

/**
 * Everything that deciding and writing need.
 *
 * @param stacks directories of stacks whose owners' readings of releases count, the nearest first
 */
export async function loadStages(stacks: readonly string[]): Promise<Stages> {
  const catalogue = openCatalogue(stacks);
  return {
    problemOf: (field, value) => fieldSchema(field).safeParse(value).error?.issues[0]?.message,
    normalise: (field, value) => fieldSchema(field).parse(value),
    releases: [...catalogue.tags].reverse(),
    refusals: (sections, raw) => refusalsOf(sections, raw, catalogue),
    decide: (target, raw) => decideStack(target, raw, catalogue),
    write: (directory, plan, options) => writeStack(directory, plan, { ...options, catalogue }),
  };
}
