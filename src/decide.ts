import { blueprints } from '../blueprints/index.ts';
import type { Answers } from './answers/answers.ts';
import type { Plan } from './plan/plan.ts';
import type { Upgrade } from './plan/upgrade.ts';
import type { CarriedSettings, Release } from './releases/index.ts';
import type { Mention } from './sync/index.ts';
import { listTemplates } from './templates.ts';

/**
 * Decides what the stack is.
 *
 * @param stacks directories of stacks whose owners' readings of releases count, the nearest first
 * @throws StackError for answers that do not go together
 */
export async function createStackPlan(
  answers: Answers,
  stacks: readonly string[] = [],
): Promise<Plan> {
  const { findRelease, openCatalogue } = await import('./releases/index.ts');
  return planWith(answers, await findRelease(answers.release, openCatalogue(stacks)));
}

async function planWith(answers: Answers, release: Release): Promise<Plan> {
  const { createPlan } = await import('./plan/create.ts');
  return createPlan(answers, { release, blueprints, templates: listTemplates() });
}

/** An upgrade, the places in the owner's own files that it makes wrong, and what becomes of the settings. */
export interface StackUpgrade extends Upgrade, Pick<CarriedSettings, 'renamed' | 'gone'> {
  readonly mentions: readonly Mention[];
}

/**
 * Decides what becomes of the stack in a directory, and what another release than its own changes for it. Settings that
 * the new release has under another name are taken over; those that it has not are left out and named in the upgrade.
 *
 * @throws StackError for answers that do not go together, and for an older release: data does not find its way back
 */
export async function planStackUpdate(
  directory: string,
  answers: Answers,
  stacks: readonly string[] = [directory],
): Promise<{ plan: Plan; upgrade?: StackUpgrade }> {
  const { mentions, readLock } = await import('./sync/index.ts');
  const from = (await readLock(directory))?.release;
  const to = answers.release;
  if (from === undefined || from === to) return { plan: await createStackPlan(answers, stacks) };
  const [releases, { planUpgrade }, { outdatedBy }] = await Promise.all([
    import('./releases/index.ts'),
    import('./plan/upgrade.ts'),
    import('./plan/outdated.ts'),
  ]);
  const catalogue = releases.openCatalogue(stacks);
  const after = await releases.findRelease(to, catalogue);
  releases.refuseDowngrade(from, to);
  const before = await releases.formerRelease(from, catalogue);
  const { settings, renamed, gone } = releases.carrySettings(answers.settings, before, after);
  const plan = await planWith({ ...answers, settings }, after);
  const former = { ...answers, release: from };
  const [old, known] = await Promise.all([
    // A setting that came with the new release is no reason to say nothing about it.
    planWith(former, before).catch(() => planWith({ ...former, settings: {} }, before)),
    releases.knownChanges(from, to, catalogue),
  ]);
  const found = mentions(directory, outdatedBy(old, plan, known.changes));
  return { plan, upgrade: { ...planUpgrade(old, plan, known), renamed, gone, mentions: found } };
}
