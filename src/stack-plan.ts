import { blueprints } from '../blueprints/index.ts';
import type { Answers } from './answers/answers.ts';
import { createPlan } from './plan/create.ts';
import type { Plan } from './plan/plan.ts';
import { type Catalogue, findRelease, type Release } from './releases/index.ts';
import { listTemplates } from './templates.ts';

/**
 * Decides what the stack is.
 *
 * @param catalogue the tool's own, when left out
 * @throws StackError for answers that do not go together
 */
export async function createStackPlan(answers: Answers, catalogue?: Catalogue): Promise<Plan> {
  return planWith(answers, await findRelease(answers.release, catalogue));
}

/** The same where the release is at hand. */
export function planWith(answers: Answers, release: Release): Plan {
  return createPlan(answers, { release, blueprints, templates: listTemplates() });
}
