import { fillFromHost } from '../answers/suggest.ts';
import { serverOf } from '../answers/whose.ts';
import type { Target } from '../decide.ts';
import { type ExitCode, exitCode, StackError } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import type { Overlap } from '../sync/types.ts';
import { Back, Cancelled } from './cancelled.ts';
import type { CommandContext } from './context.ts';
import type { Invocation } from './invocation.ts';
import { stepsFromFacts } from './next-steps.ts';
import { takenText } from './report/adoption.ts';
import { changeList, nextOnServer, outcomeLine, spokenPlace, waysOn } from './report/changes.ts';
import { goOnText } from './report/go-on.ts';
import { localText } from './report/local.ts';
import { outsideWarnings } from './report/outside-warnings.ts';
import {
  callOf,
  exitCodeOf,
  type Result,
  repeatText,
  resultText,
  stepsFor,
} from './report/result.ts';
import { serverWarnings } from './report/server-warnings.ts';
import { consequencesTitle, nextSteps } from './report/steps.ts';
import { spokenUrl } from './report/summary.ts';
import type { Report, Stages } from './stages.ts';
import type { Asker } from './wizard/asker.ts';
import { decide } from './wizard/decide.ts';
import { lookAround } from './wizard/look-around.ts';
import { perFile } from './wizard/per-file.ts';
import type { Compared } from './wizard/plan-view.ts';
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
  const open = await askOpenQuestions(wizard, gathered, invocation.reconfigure, (domain, server) =>
    lookAround(domain, server, asker, Math.min(terminal.columns, 100) - 4, isFresh),
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
  const preview = async (plan: Plan): Promise<Compared | 'nothing to write'> => {
    const done = asker.wait('Comparing with what is there');
    const options = { ...writeOptions(invocation, target), dryRun: true };
    const report = await (await stages).write(directory, plan, options).finally(() => done());
    if (isFresh) {
      const warnings = await serverWarnings(plan, serverOf({ ...plan.answers }, host));
      for (const text of warnings) asker.tell(text, 'warning');
    }
    const outside = outsideWarnings(plan, gathered.existing, directory, { ...asker, entered });
    for (const text of await outside) asker.tell(text, 'warning');
    if (!gathered.existing) return undefined;
    if (report.outcome === 'unchanged') {
      for (const note of report.notes) asker.tell(note);
      return 'nothing to write';
    }
    const local = localText(report, Math.min(terminal.columns, 100) - 4);
    const body = [changeList(report.changes, terminal), local].filter(Boolean).join('\n\n');
    return { title: outcomeLine(report, named), body, diff: report.diff };
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
  finish({ ...target, ...reviewed, report, steps, invocation }, context, asker);
  return exitCodeOf({ report, invocation });
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
        pausing(() => asker.confirm(`Commit your own edits of ${paths.join(', ')} first?`, true)),
    });
  } finally {
    done();
  }
}

function finish(result: Result, { terminal, print }: CommandContext, asker: Asker): void {
  const { named, plan, upgrade, consequences = [], report } = result;
  const { style, columns } = terminal;
  const { outcome, changes, notes } = report;
  const width = Math.min(columns, 100) - 4;
  const line = outcomeLine(report, named);
  asker.tell(line, outcome === 'overlap' ? 'warning' : 'success');
  if (outcome !== 'created' && changes.length > 0)
    asker.show('Changes', changeList(changes, terminal));
  const taken = takenText(report);
  if (taken) asker.show('Brought over', taken);
  for (const note of notes) asker.tell(note);
  if (outcome === 'overlap') {
    asker.show('Open', waysOn(report, callOf(result.invocation)));
    asker.outro('Nothing was changed.');
    return;
  }
  if (outcome === 'updated' && consequences.length > 0) {
    asker.show(consequencesTitle, nextSteps({ steps: consequences }, named, width, style));
  }
  const steps = stepsFor(result);
  if (steps.length > 0) asker.show('Next steps', nextSteps({ steps }, named, width, style));
  asker.outro(
    outcome === 'created'
      ? `Meetings will be at ${spokenUrl(plan.answers.domain)}`
      : nextOnServer(upgrade),
  );
  if (outcome === 'created') print(`${repeatText(result)}\n`);
}
