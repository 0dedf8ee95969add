import type { Host } from './answers/detect/host.ts';
import { type Given, gather } from './answers/gather.ts';
import type { Section } from './answers/sections.ts';
import { fillFromHost, missingAnswers } from './answers/suggest.ts';
import { auditBridge } from './audit/bridge.ts';
import { auditFirewall } from './audit/firewall.ts';
import { auditPins } from './audit/pins.ts';
import type { AccessAudit } from './audit/undone.ts';
import { checked } from './decide.ts';
import { type Problem, StackError } from './errors.ts';
import type { Plan } from './plan/plan.ts';
import { profileOf } from './plan/stack-profile.ts';
import {
  type Catalogue,
  type Change,
  concerns,
  type KnownSetting,
  openCatalogue,
  possibleValue,
} from './releases/index.ts';
import { createStackPlan } from './stack-plan.ts';
import { type Drift, readDrift } from './sync/index.ts';

/** A stack as its answers describe it, for commands that only look at it. */
export interface StackHere {
  readonly directory: string;
  readonly plan: Plan;
  readonly catalogue: Catalogue;
}

/**
 * The stack in a directory; undefined when there is none.
 *
 * @param from paths that people type are relative to this directory
 * @throws StackError when its answers are wrong or do not go together
 */
export async function stackIn(
  directory: string,
  given: Given,
  {
    sections: load,
    directory: from,
    host,
  }: {
    sections: () => Promise<readonly Section[]>;
    directory: string;
    host: () => Promise<Host>;
  },
): Promise<StackHere | undefined> {
  const sections = await load();
  const gathered = await gather(given, sections, from, directory);
  if (!gathered.existing) return undefined;
  const { answers, missing } = await fillFromHost(sections, gathered.existing, await host());
  if (missing.length > 0) throw missingAnswers(missing, answers);
  const catalogue = openCatalogue(gathered.stacks);
  const plan = await createStackPlan(checked(sections, answers, gathered), catalogue);
  return { directory, plan, catalogue };
}

/** Those changes between releases that this stack has something to do with. */
export async function changesFor(plan: Plan, changes: readonly Change[]): Promise<Change[]> {
  const profile = profileOf(plan);
  return changes.filter((change) => concerns(change, profile));
}

/**
 * Why settings cannot be set in this stack, by name. All are tried at once: the refusal names every one that other answers
 * decide or that nothing reads here.
 */
export async function refusedSettings(
  { plan: { answers }, catalogue }: StackHere,
  all: readonly KnownSetting[],
): Promise<ReadonlyMap<string, Problem>> {
  const settings = Object.fromEntries(all.map((one) => [one.name, possibleValue(one)]));
  try {
    await createStackPlan({ ...answers, settings }, catalogue);
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    return new Map(
      error.problems.flatMap((problem) => {
        const [section, name = ''] = (problem.answer ?? '').split('.');
        return section === 'settings' ? [[name, problem] as const] : [];
      }),
    );
  }
  return new Map();
}

/** What the owner has made of the files since they were generated; undefined where nothing was generated. */
export async function driftIn(directory: string): Promise<Drift | undefined> {
  return readDrift(directory);
}

/** What in the owner's own files decides about access, past the answers. */
export async function accessIn(directory: string, plan: Plan): Promise<AccessAudit> {
  return (await import('./audit/access.ts')).auditAccess(directory, plan);
}

/** What in the owner's own files keeps people from the bridge. */
export async function bridgeIn(directory: string, plan: Plan): Promise<readonly Problem[]> {
  return auditBridge(directory, plan);
}

/** Which images in a stack's compose files are of before a known fix. */
export function pinsIn(directory: string): readonly Problem[] {
  return auditPins(directory);
}

/** What of the firewalls that the answers choose for the server is not in force on this machine. */
export function firewallIn(directory: string, plan: Plan): readonly Problem[] {
  return auditFirewall(directory, plan);
}
