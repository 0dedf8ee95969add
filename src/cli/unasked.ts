import { isRecord } from '../answers/complete.ts';
import { StackError } from '../errors.ts';
import type { Run } from './commands/index.ts';
import { overlay } from './overlay.ts';
import { type Decided, decidePlan, type Place, syncOptions } from './place.ts';
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
    if (level === 'warning' && (!place.gathered.existing || decided.upgrade?.knownUntil))
      say(`${noteText(text, terminal)}\n`);
  }
  const drift = invocation.check ? await driftHere(surroundings, place) : undefined;
  const result = { ...place, ...decided, ...(drift && { drift }), report, invocation };
  print(invocation.json ? resultJson(result) : resultText(result, terminal));
  return exitCodeOf(report, invocation);
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
  if (decided.upgrade && !invocation.dryRun && !invocation.check && !invocation.json) {
    const { terminal, say } = surroundings;
    const { upgradeText } = await import('./report/upgrade.ts');
    say(`${upgradeText(decided.upgrade, terminal, Math.min(terminal.columns, 100))}\n\n`);
  }
  const report = await stages.write(place.directory, decided.plan, syncOptions(invocation));
  return { decided, report };
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
