import type { Answers } from '../answers/answers.ts';
import type { RawAnswers } from '../answers/complete.ts';
import type { Field } from '../answers/field.ts';
import type { Section } from '../answers/sections.ts';
import type { AccessAudit } from '../audit/undone.ts';
import type { StackUpdate } from '../decide.ts';
import type { Problem } from '../errors.ts';
import type { WriteOptions, WriteReport } from '../generate.ts';
import type { Plan } from '../plan/plan.ts';
import type { Drift } from '../sync/lock/drift.ts';

export type { WriteReport as Report } from '../generate.ts';

/** The stages behind the questions. They are heavy, so they are loaded while somebody types. */
export interface Stages {
  readonly newestRelease: string;
  readonly checkAnswers: (
    sections: readonly Section[],
    raw: RawAnswers,
    source: (place: readonly string[]) => string,
  ) => Answers;
  /** What is wrong with the answer to one question. */
  readonly problemOf: (field: Field, value: unknown) => string | undefined;
  /** A right answer as it will be kept: without blanks around it, in its canonical spelling. */
  readonly normalise: (field: Field, value: unknown) => unknown;
  /** `stacks`: directories whose own readings of releases count. */
  readonly createPlan: (answers: Answers, stacks: readonly string[]) => Promise<Plan>;
  /** The plan for a stack that is there, and what another release than its own changes; older ones are refused. */
  readonly planUpdate: (
    directory: string,
    answers: Answers,
    stacks: readonly string[],
  ) => Promise<StackUpdate>;
  /** What the owner has made of the files since they were generated. */
  readonly readDrift: (directory: string) => Promise<Drift | undefined>;
  /** What in the owner's own files decides about access, past the answers. */
  readonly auditAccess: (directory: string, plan: Plan) => Promise<AccessAudit>;
  readonly auditBridge: (directory: string, plan: Plan) => Promise<readonly Problem[]>;
  readonly write: (directory: string, plan: Plan, options: WriteOptions) => Promise<WriteReport>;
}

/** Loads everything that deciding and writing need. */
export async function loadStages(): Promise<Stages> {
  const [{ checkAnswers }, { fieldSchema }, { newestRelease }, decide, generate] =
    await Promise.all([
      import('../answers/check.ts'),
      import('../answers/kinds.ts'),
      import('../releases/index.ts'),
      import('../decide.ts'),
      import('../generate.ts'),
    ]);
  return {
    newestRelease,
    checkAnswers,
    problemOf: (field, value) => fieldSchema(field).safeParse(value).error?.issues[0]?.message,
    normalise: (field, value) => fieldSchema(field).parse(value),
    createPlan: decide.createStackPlan,
    planUpdate: decide.planStackUpdate,
    readDrift: async (directory) => (await import('../sync/index.ts')).readDrift(directory),
    auditAccess: async (directory, plan) =>
      (await import('../audit/access.ts')).auditAccess(directory, plan),
    auditBridge: async (directory, plan) =>
      (await import('../audit/bridge.ts')).auditBridge(directory, plan),
    write: generate.writeStack,
  };
}
