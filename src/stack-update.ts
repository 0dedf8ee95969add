import { blueprints } from '../blueprints/index.ts';
import type { Answers } from './answers/answers.ts';
import { checkAnswers } from './answers/check.ts';
import { fillDefaults, layerAnswers } from './answers/complete.ts';
import { modernise } from './answers/file/versions.ts';
import { writeAnswers } from './answers/file/write.ts';
import { sectionsOf } from './answers/sections.ts';
import { isInCluster } from './answers/whose.ts';
import { StackError } from './errors.ts';
import type { Plan, Step } from './plan/plan.ts';
import type { Upgrade } from './plan/upgrade.ts';
import {
  type CarriedSettings,
  type Catalogue,
  carrySettings,
  findRelease,
  formerRelease,
  knownChanges,
  type NewerRelease,
  newerRelease,
  type Own,
  type Release,
  refuseDowngrade,
} from './releases/index.ts';
import { planWith } from './stack-plan.ts';
import { type Mention, mentions, ownFiles, readDrift, readLock } from './sync/index.ts';

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
export async function planStackUpdate(
  directory: string,
  answers: Answers,
  catalogue: Catalogue,
): Promise<StackUpdate> {
  const lock = await readLock(directory);
  const from = lock?.release;
  const to = answers.release;
  const generated = lock?.files.get('jitsi-stack.json')?.text;
  const after = await findRelease(to, catalogue);
  const newest = await newerRelease(after, catalogue);
  const newer = newest && { newer: newest };
  if (from === undefined || from === to) {
    const plan = planWith(answers, after);
    const consequences = await consequencesFor(directory, plan, after, generated);
    return { plan, consequences, ...newer };
  }
  const [{ planUpgrade }, { deadNames }] = await Promise.all([
    import('./plan/upgrade.ts'),
    import('./plan/dead-names.ts'),
  ]);
  refuseDowngrade(from, to, isInCluster(answers));
  const before = await formerRelease(from, catalogue);
  const { settings, renamed, gone } = carrySettings(answers.settings, before, after);
  const plan = planWith({ ...answers, settings }, after);
  const old = formerPlan({ ...answers, release: from }, before);
  const known = await knownChanges(from, to, catalogue);
  const found = mentions(directory, placesIn(plan), deadNames(old, plan, known.changes));
  return {
    plan,
    upgrade: {
      ...planUpgrade(old, plan, known, await ownIn(directory, old)),
      renamed,
      gone,
      mentions: found,
    },
    consequences: await consequencesFor(directory, plan, after, generated, './stack upgrade'),
    ...newer,
  };
}

/** The plan that there was. A setting that came with the new release is no reason to say nothing about it. */
function formerPlan(answers: Answers, release: Release): Plan {
  try {
    return planWith(answers, release);
  } catch {
    return planWith({ ...answers, settings: {} }, release);
  }
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
  const { answers } = plan;
  if (generated === undefined || generated === writeAnswers(answers)) return [];
  const { goneServices, planConsequences } = await import('./plan/consequences.ts');
  try {
    const before = planWith(formerAnswers(generated, answers), release);
    const named = mentions(directory, placesIn(plan), goneServices(before, plan));
    return planConsequences(before, plan, { command, named });
  } catch (error) {
    // Answers that do not go together any more are nothing to compare with.
    if (error instanceof StackError) return [];
    throw error;
  }
}

/** The answers of the last update as they would be today, so that only what somebody has changed differs. */
function formerAnswers(generated: string, answers: Answers): Answers {
  const sections = sectionsOf(blueprints);
  // The release and the settings say what is to do by themselves, and an older stack's name is today's.
  const today = { release: answers.release, settings: answers.settings };
  const fixed = { name: answers.name, network: { bridge: answers.network.bridge } };
  const former = modernise(JSON.parse(generated)).answers;
  const layered = layerAnswers(sections, fixed, { ...former, ...today });
  return checkAnswers(sections, fillDefaults(sections, layered).answers, 'jitsi-stack.lock');
}

/** What the owner has made besides; undefined where it cannot be told from what was generated. */
async function ownIn(directory: string, plan: Plan): Promise<ReadonlySet<Own> | undefined> {
  const drift = await readDrift(directory);
  if (!drift) return undefined;
  const { ownersOwn } = await import('./plan/owners-own.ts');
  const paths = ownFiles(directory, drift);
  const calls = [{ word: 'prosodyctl', pattern: /\bprosodyctl\b/ }];
  const scripts = mentions(directory, paths, calls).map(({ path }) => path);
  return ownersOwn(plan, { paths, scripts });
}

/** Where only the owner writes, his secrets' file among it. */
function placesIn({ ownersPlaces }: Plan): readonly string[] {
  return ['.env', ...ownersPlaces.map(({ path }) => path)];
}
