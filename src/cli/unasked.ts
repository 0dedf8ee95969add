import { isRecord } from '../answers/complete.ts';
import type { StackUpgrade } from '../decide.ts';
import { StackError } from '../errors.ts';
import type { Run } from './commands/index.ts';
import { overlay } from './overlay.ts';
import { type Decided, decidePlan, type Place, writeOptions } from './place.ts';
import { driftReport } from './report/drift.ts';
import { noteText } from './report/problems.ts';
import { exitCodeOf, resultJson, resultText } from './report/result.ts';
import { missingAnswers, settle, subnetProblem } from './settle.ts';
import type { Report } from './stages.ts';
import type { Surroundings } from './surroundings.ts';

type Call = Parameters<Run>[0];

/** Creates or updates without a question: what is not answered takes its default, or is listed and refused. */
export async function createUnasked(invocation: Call, surroundings: Surroundings, place: Place) {
  const { decided, report } = await runUnasked(invocation, surroundings, place);
  const { print, say, terminal } = surroundings;
  for (const note of place.gathered.notes) say(`${note}\n`);
  for (const { level, text } of decided.plan.notes) {
    if (level === 'warning' && (!place.gathered.existing || isUncertain(decided)))
      say(`${noteText(text, terminal)}\n`);
  }
  const drift = invocation.check ? await driftHere(surroundings, place) : undefined;
  const result = { ...place, ...decided, ...(drift && { drift }), report, invocation };
  print(invocation.json ? resultJson(result) : resultText(result, terminal));
  return exitCodeOf(report, invocation);
}

/** Whether an upgrade leads to where this tool knows little: its warnings are worth repeating. */
function isUncertain({ upgrade }: Decided): boolean {
  return upgrade !== undefined && (upgrade.undescribed.length > 0 || 'knownUntil' in upgrade);
}

/** What the owner has made of this stack so far. */
async function driftHere({ stages }: Surroundings, { directory }: Place) {
  const drift = await (await stages()).readDrift(directory);
  return drift && driftReport(drift);
}

/** Answers, plan and the writing of it (or its preview), without questions. */
export async function runUnasked(
  invocation: Call,
  surroundings: Surroundings,
  place: Place,
): Promise<{ decided: Decided; report: Report }> {
  const { existing, stated } = place.gathered;
  const [stages, host] = await Promise.all([surroundings.stages(), surroundings.host()]);
  const answers = existing ? overlay(place.all, existing, stated) : stated;
  const settled = await settle(place.all, answers, host);
  if (settled.missing.length > 0) throw missingAnswers(settled.missing, settled.answers);
  const decided = await decidePlan(place, settled.answers, stages);
  await refuseCollision(invocation, surroundings, place);
  if (decided.upgrade) await announce(decided.upgrade, invocation, surroundings);
  const report = await stages.write(place.directory, decided.plan, writeOptions(invocation, place));
  return { decided, report };
}

/**
 * Says what another release changes before anything is written. Where the result carries the report, it is not said twice.
 *
 * @throws StackError when settings would be lost: nobody is there to agree
 */
async function announce(
  upgrade: StackUpgrade,
  { dryRun, check, json }: Call,
  { terminal, say }: Surroundings,
): Promise<void> {
  const isRefused = upgrade.gone.length > 0;
  if (!json && (isRefused || !(dryRun || check))) {
    const { upgradeText } = await import('./report/upgrade.ts');
    say(`${upgradeText(upgrade, terminal, Math.min(terminal.columns, 100))}\n\n`);
  }
  if (!isRefused) return;
  throw new StackError(
    upgrade.gone.map(({ name, what, why, fix }, index) => ({
      where: `jitsi-stack.json, settings.${name}`,
      what,
      ...(why && { why }),
      fix: `${fix ?? ''}${index === upgrade.gone.length - 1 ? ' Delete what is named here from “settings” and run this again; in a terminal it is left out for you.' : ''}`.trim(),
    })),
    { data: { upgrade } },
  );
}

/** A network that this call names must be free here; one that the stack has already is its own. */
async function refuseCollision(
  { dryRun, check }: Call,
  { host }: Surroundings,
  { gathered: { existing, stated, sourceOf } }: Place,
): Promise<void> {
  const subnetOf = (network: unknown) => (isRecord(network) ? network.subnet : undefined);
  const subnet = subnetOf(stated.network);
  if (dryRun || check || subnet === undefined || subnet === subnetOf(existing?.network)) return;
  const what = await subnetProblem(subnet, await host());
  if (what) {
    throw new StackError({
      where: sourceOf(['network', 'subnet']),
      what,
      fix: 'Choose another one, or leave the answer out: a free one is found.',
    });
  }
}
