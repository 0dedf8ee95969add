import { blueprints } from '../../blueprints/index.ts';
import { checkAnswers } from '../../src/answers/check.ts';
import { fillDefaults, type RawAnswers } from '../../src/answers/complete.ts';
import { sectionsOf } from '../../src/answers/sections.ts';
import { type Problem, StackError } from '../../src/errors.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { RenderedFile } from '../../src/render/rendered.ts';
import { renderStack } from '../../src/render-stack.ts';
import { createStackPlan } from '../../src/stack-plan.ts';

/** Everything that can be asked. */
export const sections = sectionsOf(blueprints);

export interface RenderedStack {
  readonly plan: Plan;
  readonly files: readonly RenderedFile[];
}

/** A plan from answers that leave the rest to the defaults. */
export function planOf(raw: RawAnswers): Promise<Plan> {
  const { answers, missing } = fillDefaults(sections, { release: 'stable-11146-2', ...raw });
  // As without a terminal: what no default can fill is named.
  if (missing.length > 0)
    throw new StackError(
      missing.map(({ name }) => ({ answer: name, what: `${name} is missing.` })),
    );
  return createStackPlan(checkAnswers(sections, answers, 'jitsi-stack.json'));
}

/** Why there is no plan for answers; empty where there is one. */
export async function problemsOf(raw: RawAnswers): Promise<readonly Problem[]> {
  try {
    await planOf(raw);
  } catch (error) {
    if (error instanceof StackError) return error.problems;
    throw error;
  }
  return [];
}

export async function renderedOf(raw: RawAnswers): Promise<RenderedStack> {
  const plan = await planOf(raw);
  return { plan, files: renderStack(plan) };
}
