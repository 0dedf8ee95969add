import { isRecord } from '../answers/complete.ts';
import { replaceAnswers } from '../answers/replace.ts';
import { fillFromHost, missingAnswers, subnetProblem } from '../answers/suggest.ts';
import { type Taken, takenFromHere } from '../answers/taken.ts';
import { serverOf } from '../answers/whose.ts';
import type { Decided, Target } from '../decide.ts';
import { StackError } from '../errors.ts';
import { accessIn, driftIn } from '../inspect.ts';
import type { Plan } from '../plan/plan.ts';
import type { StackUpgrade } from '../stack-update.ts';
import type { RunCommand } from './commands/command.ts';
import type { CommandContext } from './context.ts';
import { stepsFromFacts } from './next-steps.ts';
import { driftReport } from './report/drift.ts';
import { fit } from './report/fit.ts';
import { outsideWarnings } from './report/outside-warnings.ts';
import { notesText } from './report/problems.ts';
import { exitCodeOf, type Result, resultJson } from './report/result.ts';
import { resultText } from './report/result-page.ts';
import { serverWarnings } from './report/server-warnings.ts';
import { takenFromHereText } from './report/taken.ts';
import type { Report } from './stages.ts';
import { writeOptions } from './write-options.ts';

type Call = Parameters<RunCommand>[0];

/** Creates or updates without a question: what is not answered takes its default, or is listed and refused. */
export async function createNonInteractive(
  invocation: Call,
  context: CommandContext,
  target: Target,
) {
  const { decided, report, taken, steps } = await runNonInteractive(invocation, context, target);
  const { print, say, terminal } = context;
  for (const note of target.gathered.notes) say(`${note}\n`);
  const isNews = !target.gathered.existing || isUncertain(decided);
  const notes = isNews ? decided.plan.notes.filter(({ level }) => level === 'warning') : [];
  warn(
    [...notes.map(({ text }) => text), ...(taken.length > 0 ? [takenFromHereText(taken)] : [])],
    context,
  );
  const checked = invocation.check ? await checkHere(target, decided) : {};
  const result = { ...target, ...decided, ...checked, taken, report, steps, invocation };
  print(invocation.json ? resultJson(result) : resultText(result, terminal));
  return exitCodeOf(result);
}

/** Says warnings, in a few lines where there is a screen to fill. */
export function warn(texts: readonly string[], { say, terminal }: CommandContext): void {
  if (texts.length > 0) say(`${notesText(texts, terminal, terminal.lines / 6)}\n`);
}

/** Whether an upgrade leads to where this tool knows little: its warnings are worth repeating. */
function isUncertain({ upgrade }: Decided): boolean {
  return upgrade !== undefined && (upgrade.undescribed.length > 0 || 'knownUntil' in upgrade);
}

/** What the owner has made of this stack so far. */
async function checkHere(
  { directory }: Target,
  { plan }: Decided,
): Promise<Pick<Result, 'drift' | 'access'>> {
  const [drift, audit] = await Promise.all([driftIn(directory), accessIn(directory, plan)]);
  const report = drift && driftReport(drift);
  // A generated file that is only out of date is no doing of the owner's.
  const own = report?.edited.includes('compose.yaml');
  const undone = audit.undone.filter(({ path }) => own || path !== 'compose.yaml');
  return { ...(report && { drift: report }), access: { ...audit, undone } };
}

/** Answers, plan and the writing of it (or its preview), without questions. */
export async function runNonInteractive(
  invocation: Call,
  context: CommandContext,
  target: Target,
): Promise<{
  decided: Decided;
  report: Report;
  taken: readonly Taken[];
  /** What is left to do. */
  steps: Plan['steps'];
}> {
  const { existing, stated } = target.gathered;
  const [stages, host] = await Promise.all([
    context.stages(target.gathered.stacks),
    context.host(),
  ]);
  const answers = existing ? replaceAnswers(target.sections, existing, stated) : stated;
  const settled = await fillFromHost(target.sections, answers, host);
  const taken = await takenFromHere(target.sections, answers, host);
  if (settled.missing.length > 0) throw missingAnswers(settled.missing, settled.answers);
  const decided = await stages.decide(target, settled.answers);
  await refuseCollision(invocation, context, target);
  const server = serverOf(settled.answers, host);
  const isFresh = !existing && !target.adoption;
  warn(
    [
      ...(isFresh ? await serverWarnings(decided.plan, server) : []),
      ...(invocation.check ? [] : await outsideWarnings(decided.plan, existing, target.directory)),
    ],
    context,
  );
  if (decided.upgrade) await announce(decided.upgrade, invocation, context);
  const { steps: planned } = decided.plan;
  // Docker and DNS answer while git commits.
  const isShown = !(existing || invocation.dryRun || invocation.check) || invocation.details;
  const left = isShown ? stepsFromFacts(planned, serverOf({ ...decided.answers }, host)) : planned;
  const report = await stages.write(
    target.directory,
    decided.plan,
    writeOptions(invocation, target),
  );
  return { decided, report, taken, steps: report.outcome === 'created' ? await left : planned };
}

/**
 * Says what another release changes before anything is written. Where the result carries the report, it is not said twice.
 *
 * @throws StackError when settings would be lost: nobody is there to agree
 */
async function announce(
  upgrade: StackUpgrade,
  { dryRun, check, json }: Call,
  { terminal, say }: CommandContext,
): Promise<void> {
  const isRefused = upgrade.gone.length > 0;
  if (!json && (isRefused || !(dryRun || check))) {
    const { upgradeVersions } = await import('./report/upgrade.ts');
    const versions = upgradeVersions(upgrade, terminal, Math.min(terminal.columns, 100));
    const { texts, isCut } = fit([versions], terminal.lines / 2);
    say(`${texts.join('')}\n${isCut ? 'With --dry-run --details, all of it is shown.\n' : ''}\n`);
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
  { host }: CommandContext,
  { gathered: { existing, stated, sourceOf } }: Target,
): Promise<void> {
  const subnetOf = (network: unknown) => (isRecord(network) ? network.subnet : undefined);
  const subnet = subnetOf(stated.network);
  if (dryRun || check || subnet === undefined || subnet === subnetOf(existing?.network)) return;
  const what = await subnetProblem(subnet, serverOf(stated, await host()));
  if (what) {
    throw new StackError({
      where: sourceOf(['network', 'subnet']),
      what,
      fix: 'Choose another one, or leave it out and a free one is picked for you.',
    });
  }
}
