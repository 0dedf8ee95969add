import type { Answers, Setting } from '../answers/answers.ts';
import { StackError } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import { type Catalogue, environmentValue, findRelease, fromEnv } from '../releases/index.ts';
import { shown } from './evidence.ts';
import type { Unplaced } from './findings.ts';
import type { Proposal } from './propose.ts';

export interface Placed {
  readonly plan: Plan;
  /** Everything of the old installation that this plan has no place for. */
  readonly unplaced: readonly Unplaced[];
}

/**
 * Makes the plan with the old installation's settings, as many of them as go together with the answers. What a feature
 * decides by itself, and what only a service reads that this stack does not have, is listed instead.
 *
 * @throws StackError for answers that do not go together, and for settings that were given by hand
 */
export async function placeSettings(
  answers: Answers,
  { settings: found, unplaced: known, unspoken }: Proposal,
  catalogue: Catalogue,
  createPlan: (answers: Answers, catalogue: Catalogue) => Promise<Plan>,
): Promise<Placed> {
  const release = await findRelease(answers.release, catalogue);
  const settings: Record<string, Setting> = { ...answers.settings };
  const reasons = new Map<string, string>();
  const drop = (name: string, reason: string) => {
    delete settings[name];
    reasons.set(name, reason);
  };
  const isInherited = (name: string) =>
    found.has(name) && found.get(name)?.value === settings[name];
  let plan: Plan;
  for (;;) {
    try {
      plan = await createPlan({ ...answers, settings: { ...settings } }, catalogue);
    } catch (error) {
      if (!(error instanceof StackError)) throw error;
      const refused = error.problems.flatMap(({ answer = '', what }) => {
        const [section, name = ''] = answer.split('.');
        return section === 'settings' && isInherited(name) ? [{ name, what }] : [];
      });
      if (refused.length === 0) throw error;
      for (const { name, what } of refused) drop(name, what);
      continue;
    }
    break;
  }
  const dropped = [...reasons].flatMap(([name, what]): Unplaced[] => {
    const { value = '', evidence = { file: '.env' } } = found.get(name) ?? {};
    const old = environmentValue(release, name, value);
    // It lies in .env with the other secrets, whoever reads it.
    if (value === fromEnv) return [];
    // The stack gives the containers the same value by itself.
    if (plan.services.some(({ environment }) => environment[name] === old)) return [];
    return [{ name, evidence, value: shown(name, String(value)), what }];
  });
  const { services } = plan;
  const different = unspoken.filter(
    ({ name, value }) => !services.some(({ environment }) => String(environment[name]) === value),
  );
  return { plan, unplaced: [...known, ...different, ...dropped] };
}
