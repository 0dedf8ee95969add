import type { Host } from '../answers/detect/host.ts';
import { fillFromHost } from '../answers/suggest.ts';
import { serverOf } from '../answers/whose.ts';
import type { Decided, Target } from '../decide.ts';
import { type ExitCode, exitCode, StackError } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import type { Overlap } from '../sync/types.ts';
import { Back, Cancelled } from './cancelled.ts';
import type { CommandContext } from './context.ts';
import { tellEnd } from './ending.ts';
import type { Invocation } from './invocation.ts';
import { stepsFromFacts } from './next-steps.ts';
import { allFound } from './report/adoption.ts';
import { changeVersions, outcomeLine, spokenPlace } from './report/changes.ts';
import { goOnText } from './report/go-on.ts';
import { localText } from './report/local.ts';
import { newerVersions, notKnownYetVersions } from './report/newer.ts';
import { outsideWarnings } from './report/outside-warnings.ts';
import { exitCodeOf, type Result } from './report/result.ts';
import { resultText } from './report/result-page.ts';
import { serverWarnings } from './report/server-warnings.ts';
import { nextSteps } from './report/steps.ts';
import type { Report, Stages } from './stages.ts';
import type { Terminal } from './terminal.ts';
import type { Asker } from './wizard/asker.ts';
import { decide } from './wizard/decide.ts';
import { lookAround } from './wizard/look-around.ts';
import { perFile } from './wizard/per-file.ts';
import { type Changes, type Preview, showDetails } from './wizard/plan-view.ts';
import { review } from './wizard/review.ts';
import type { Wizard } from './wizard/surroundings.ts';
import { askOpenQuestions } from './wizard/wizard.ts';
import { writeOptions } from './write-options.ts';

/**
 * Creates or updates with questions: those that are open, then the plan, then the writing. Whoever ends it early is told
 * how to go on from there.
 */
export async function createInteractive(
  invocation: Invocation,
  context: CommandContext,
  target: Target,
  asker: Asker,
): Promise<ExitCode> {
  const { existing, stated } = target.gathered;
  let answers = existing ? { ...existing, ...stated } : stated;
  const wayOn = () => goOnText(target.sections, answers, existing, placeOf(target));
  // Between two questions, and always where lines are plain, Ctrl-C arrives as a signal.
  context.farewell.text = wayOn;
  try {
    return await askAndWrite(invocation, context, target, asker, (soFar) => {
      answers = soFar;
    });
  } catch (error) {
    const isEnd = error instanceof StackError || error instanceof Cancelled;
    const text = isEnd && !(error instanceof Back) ? wayOn() : '';
    if (text) context.say(`${text}\n`);
    throw error;
  } finally {
    delete context.farewell.text;
  }
}

function placeOf({ named, adoption }: Target): string[] {
  const old = adoption && (adoption.inPlace ? ['adopt'] : ['adopt', adoption.named]);
  return [...(old ?? []), named];
}

async function askAndWrite(
  invocation: Invocation,
  context: CommandContext,
  target: Target,
  asker: Asker,
  keep: Wizard['keep'],
): Promise<ExitCode> {
  const { terminal, print } = context;
  const { sections, gathered, named, directory, adoption } = target;
  const stages = afterTheFirstPrompt(() => context.stages(gathered.stacks));
  const host = await context.host();
  const entered = new Map<string, string>();
  const wizard: Wizard = { asker, sections, host, stages, keep, entered };
  for (const note of gathered.notes) asker.tell(note);
  // An installation that is there already has the web's ports itself.
  const isFresh = !gathered.existing && !adoption;
  const width = Math.min(terminal.columns, 100) - 4;
  const open = await askOpenQuestions(
    wizard,
    gathered,
    invocation.reconfigure,
    (domain, answers, server) => lookAround(domain, answers, server, asker, width, isFresh),
  );
  const check = async (raw: typeof open) => (await stages).decide(target, raw);

  if (invocation.dryRun) {
    const decided = await check((await fillFromHost(sections, open, host)).answers);
    const report = await (await stages).write(
      directory,
      decided.plan,
      writeOptions(invocation, target),
    );
    print(resultText({ ...target, ...decided, report, invocation }, terminal));
    return exitCodeOf({ report, invocation });
  }
  const preview = async (decided: Decided): Promise<Preview | 'nothing to write'> => {
    const { plan } = decided;
    const done = asker.wait('Comparing with what is there');
    const options = { ...writeOptions(invocation, target), dryRun: true };
    const report = await (await stages).write(directory, plan, options).finally(() => done());
    const server = serverOf({ ...plan.answers }, host);
    const warnings = [
      ...(isFresh ? await serverWarnings(plan, server) : []),
      ...(await outsideWarnings(plan, gathered.existing, directory, { ...asker, entered })),
    ];
    const found = adoption && allFound(adoption, decided.unplaced ?? [], terminal, width);
    if (!gathered.existing) return { warnings, ...(found && { found }) };
    if (report.outcome === 'unchanged') {
      await tellUnchanged({ ...target, ...decided, report, invocation }, server, context, asker);
      return 'nothing to write';
    }
    return { warnings, changes: changesOf(report, named, terminal) };
  };
  const reviewed = await review(wizard, open, terminal, check, preview);
  if (!reviewed) {
    asker.outro(`${spokenPlace(named)} is up to date. --reconfigure asks every question again.`);
    return exitCode.done;
  }
  // From here on there is more to an end than answers.
  delete context.farewell.text;
  const report = await write(
    await stages,
    reviewed.plan,
    entered,
    invocation,
    context,
    target,
    asker,
  );
  const server = serverOf({ ...reviewed.answers }, host);
  const steps = await stepsFromFacts(reviewed.plan.steps, server, entered);
  tellEnd({ ...target, ...reviewed, report, steps, invocation }, context, asker);
  return exitCodeOf({ report, invocation });
}

function changesOf(report: Report, named: string, terminal: Terminal): Changes {
  const local = localText(report, Math.min(terminal.columns, 100) - 4);
  const files = changeVersions(report, terminal).slice(0, -1);
  return {
    title: outcomeLine(report, named),
    files: files.map((text) => [text, local].filter(Boolean).join('\n\n')),
    diff: report.diff,
  };
}

/** A stack that is up to date: what there is to say all the same, and all about it for whoever asks. */
async function tellUnchanged(
  result: Result,
  server: Host,
  { terminal }: CommandContext,
  asker: Asker,
): Promise<void> {
  const { plan, newer, report, invocation, named } = result;
  const { notKnownYet } = plan.release;
  const width = Math.min(terminal.columns, 100) - 4;
  for (const note of report.notes) asker.tell(note);
  if (invocation.details) {
    showDetails(result, asker, terminal, { warnings: [] });
    const steps = await stepsFromFacts(plan.steps, server);
    asker.show('Next steps', nextSteps({ steps }, named, width, terminal.style));
  }
  if (newer) asker.tell(newerVersions(newer, plan.release)[0] ?? '', 'warning');
  if (notKnownYet) asker.tell(notKnownYetVersions(notKnownYet)[0] ?? '');
}

/** Loading takes its time on the processor, so it waits until the first question can be read. */
function afterTheFirstPrompt(load: () => Promise<Stages>): Promise<Stages> {
  const stages = new Promise<Stages>((done, failed) => {
    setTimeout(() => load().then(done, failed), 30);
  });
  // Whoever awaits it gets the failure; until then it is not unhandled.
  stages.catch(() => {});
  return stages;
}

async function write(
  stages: Stages,
  plan: Plan,
  entered: ReadonlyMap<string, string>,
  invocation: Invocation,
  { terminal }: CommandContext,
  target: Target,
  asker: Asker,
): Promise<Report> {
  const { named, directory, adoption } = target;
  const title = `Writing ${named === '.' ? 'into this folder' : named}`;
  let done = asker.wait(title);
  /** Questions in the middle of the work: the spinner makes room. */
  const pausing = async <T>(question: () => Promise<T>): Promise<T> => {
    done();
    const answer = await question();
    done = asker.wait(title);
    return answer;
  };
  try {
    const ask = (overlap: Overlap) => decide(overlap, asker, terminal);
    const settle = adoption ? perFile(asker, ask) : ask;
    return await stages.write(directory, plan, {
      ...writeOptions(invocation, target),
      entered,
      decide: (overlap) => pausing(() => settle(overlap)),
      commitDirty: (paths) =>
        pausing(() => asker.confirm(`Commit your own edits to ${paths.join(', ')} first?`, true)),
    });
  } finally {
    done();
  }
}
