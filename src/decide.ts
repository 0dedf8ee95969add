import { blueprints } from '../blueprints/index.ts';
import type { Adoption } from './adopt/adoption.ts';
import type { Unplaced } from './adopt/findings.ts';
import type { Answers } from './answers/answers.ts';
import type { RawAnswers } from './answers/complete.ts';
import type { Gathered } from './answers/gather.ts';
import type { Section } from './answers/sections.ts';
import { StackError } from './errors.ts';
import type { Plan, Step } from './plan/plan.ts';
import type { Upgrade } from './plan/upgrade.ts';
import type { CarriedSettings, Catalogue, NewerRelease, Release } from './releases/index.ts';
import type { Mention } from './sync/index.ts';
import { listTemplates } from './templates.ts';

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
  const answers = await checked(sections, raw, gathered);
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

/** Answers that are valid, each by itself. */
export async function checked(
  sections: readonly Section[],
  raw: RawAnswers,
  { sourceOf }: Pick<Gathered, 'sourceOf'>,
): Promise<Answers> {
  const [{ checkAnswers }, { newestRelease }] = await Promise.all([
    import('./answers/check.ts'),
    import('./releases/index.ts'),
  ]);
  return checkAnswers(sections, { ...raw, release: raw.release ?? newestRelease }, sourceOf);
}

/**
 * Decides what the stack is.
 *
 * @param catalogue the tool's own, when left out
 * @throws StackError for answers that do not go together
 */
export async function createStackPlan(answers: Answers, catalogue?: Catalogue): Promise<Plan> {
  const { findRelease } = await import('./releases/index.ts');
  return planWith(answers, await findRelease(answers.release, catalogue));
}

async function planWith(answers: Answers, release: Release): Promise<Plan> {
  const { createPlan } = await import('./plan/create.ts');
  return createPlan(answers, { release, blueprints, templates: listTemplates() });
}

/** An upgrade, the places in the owner's own files that it makes wrong, and what becomes of the settings. */
export interface StackUpgrade extends Upgrade, Pick<CarriedSettings, 'renamed' | 'gone'> {
  readonly mentions: readonly Mention[];
}

/** The plan, and for a stack that is there what it changes. */
export interface StackUpdate {
  readonly plan: Plan;
  /** Present when the stack is of another release so far. */
  readonly upgrade?: StackUpgrade;
  /** What other answers than those so far leave to do by hand. */
  readonly consequences?: readonly Step[];
  /** Present when a newer release than the plan's is known. */
  readonly newer?: NewerRelease;
}

/**
 * Decides what becomes of the stack in a directory, and what another release than its own changes for it. Settings that
 * the new release has under another name are taken over; those that it has not are left out and named in the upgrade.
 *
 * @throws StackError for answers that do not go together, and for an older release: data does not find its way back
 */
async function planStackUpdate(
  directory: string,
  answers: Answers,
  catalogue: Catalogue,
): Promise<StackUpdate> {
  const { mentions, readLock } = await import('./sync/index.ts');
  const releases = await import('./releases/index.ts');
  const lock = await readLock(directory);
  const from = lock?.release;
  const to = answers.release;
  const generated = lock?.files.get('jitsi-stack.json')?.text;
  const after = await releases.findRelease(to, catalogue);
  const newest = await releases.newerRelease(after, catalogue);
  const newer = newest && { newer: newest };
  if (from === undefined || from === to) {
    const plan = await planWith(answers, after);
    const consequences = await consequencesFor(directory, plan, after, generated);
    return { plan, consequences, ...newer };
  }
  const [{ planUpgrade }, { deadNames }] = await Promise.all([
    import('./plan/upgrade.ts'),
    import('./plan/dead-names.ts'),
  ]);
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
  const found = mentions(directory, placesIn(plan), deadNames(old, plan, known.changes));
  return {
    plan,
    upgrade: { ...planUpgrade(old, plan, known), renamed, gone, mentions: found },
    consequences: await consequencesFor(directory, plan, after, generated, './stack upgrade'),
    ...newer,
  };
}

/**
 * What other answers than those of the last update leave to do by hand.
 *
 * @param generated the answers file as the last update wrote it
 */
async function consequencesFor(
  directory: string,
  plan: Plan,
  release: Release,
  generated: string | undefined,
  command: './stack up' | './stack upgrade' = './stack up',
): Promise<readonly Step[]> {
  if (generated === undefined) return [];
  const [{ writeAnswers }, { fillDefaults, layerAnswers }, { modernise }, { sectionsOf }] =
    await Promise.all([
      import('./answers/file/write.ts'),
      import('./answers/complete.ts'),
      import('./answers/file/versions.ts'),
      import('./answers/sections.ts'),
    ]);
  const { answers } = plan;
  if (generated === writeAnswers(answers)) return [];
  const [{ checkAnswers }, { goneServices, planConsequences }] = await Promise.all([
    import('./answers/check.ts'),
    import('./plan/consequences.ts'),
  ]);
  const sections = sectionsOf(blueprints);
  // The release and the settings say what is to do by themselves, and an older stack's name is today's.
  const today = { release: answers.release, settings: answers.settings };
  const fixed = { name: answers.name, network: { bridge: answers.network.bridge } };
  try {
    const former = modernise(JSON.parse(generated)).answers;
    const { answers: raw } = fillDefaults(
      sections,
      layerAnswers(sections, fixed, { ...former, ...today }),
    );
    const before = await planWith(checkAnswers(sections, raw, 'jitsi-stack.lock'), release);
    const { mentions } = await import('./sync/index.ts');
    const named = mentions(directory, placesIn(plan), goneServices(before, plan));
    return planConsequences(before, plan, { command, named });
  } catch (error) {
    // Answers that do not go together any more are nothing to compare with.
    if (error instanceof StackError) return [];
    throw error;
  }
}

/** Where only the owner writes, his secrets' file among it. */
function placesIn({ ownersPlaces }: Plan): readonly string[] {
  return ['.env', ...ownersPlaces.map(({ path }) => path)];
}
