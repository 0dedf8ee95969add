import type { Answers, Setting } from '../answers/answers.ts';
import { StackError } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import { type Catalogue, environmentValue, findRelease, readersOf } from '../releases/index.ts';
import { shown } from './evidence.ts';
import type { Unplaced } from './findings.ts';
import type { Proposal } from './propose.ts';

/** Switches that are nothing without a service of their own. */
const needs: Readonly<Record<string, string>> = {
  ENABLE_LIVESTREAMING: 'jibri',
  ENABLE_RECORDING: 'jibri',
  ENABLE_SERVICE_RECORDING: 'jibri',
  ENABLE_TRANSCRIPTIONS: 'transcriber',
  JIGASI_SIP_URI: 'jigasi',
};

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
    const services = new Set(plan.services.map(({ name }) => name));
    const idle = Object.keys(settings).flatMap((name) => {
      const needed = needs[name] === undefined ? readersOf(release, name) : [needs[name]];
      if (!isInherited(name) || needed.some((service) => services.has(service))) return [];
      return [{ name, needed: needed.join(' or ') }];
    });
    if (idle.length === 0) break;
    for (const { name, needed } of idle) {
      drop(name, `It needs the service ${needed}, which this stack does not have.`);
    }
  }
  const dropped = [...reasons].flatMap(([name, what]): Unplaced[] => {
    const { value = '', evidence = { file: '.env' } } = found.get(name) ?? {};
    const old = environmentValue(release, name, value);
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
