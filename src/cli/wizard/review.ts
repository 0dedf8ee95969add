import type { RawAnswers } from '../../answers/complete.ts';
import { fillFromHost } from '../../answers/suggest.ts';
import { serverOf } from '../../answers/whose.ts';
import type { Decided } from '../../decide.ts';
import { type Problem, StackError, sentence } from '../../errors.ts';
import { Back, Cancelled } from '../cancelled.ts';
import { stepsFromFacts } from '../next-steps.ts';
import type { Terminal } from '../terminal.ts';
import { blamed, changeAnswers, changeable, changeOne } from './answers-list.ts';
import { type Preview, showDetails, showPlan } from './plan-view.ts';
import type { Wizard } from './surroundings.ts';

/**
 * Shows the plan and lets its reader change answers until it is right. Nothing has been written when this returns.
 *
 * @param check turns answers into a plan, or throws a StackError that says why they do not go together
 * @param preview compares the plan with what is there; a stack that is new has nothing to compare with
 * @returns undefined when there is nothing to write, and nothing to change
 */
export async function review(
  wizard: Wizard,
  open: RawAnswers,
  terminal: Terminal,
  check: (answers: RawAnswers) => Promise<Decided>,
  preview: (decided: Decided) => Promise<Preview | 'nothing to write'>,
): Promise<Decided | undefined> {
  let answers = open;
  for (;;) {
    const planned = await plan(wizard, answers, check);
    if ('problems' in planned) {
      answers = await mend(wizard, answers, planned.problems);
      continue;
    }
    const previewed = await preview(planned);
    if (previewed === 'nothing to write') {
      if (await isContent(wizard)) return undefined;
      answers = await changeAnswers(wizard, answers);
      continue;
    }
    const server = serverOf({ ...planned.answers }, wizard.host);
    const steps = await stepsFromFacts(planned.plan.steps, server, wizard.entered);
    showPlan(planned, wizard.asker, terminal, previewed, steps);
    const next = await agree(wizard, planned, previewed, terminal);
    if (next === 'write') return planned;
    answers = await changeAnswers(wizard, answers);
  }
}

const toChange = {
  value: 'change',
  label: 'Change an answer',
  hint: 'or add something: a whiteboard, backups, …',
};

/** Whether a stack that is as its answers say shall stay so. */
async function isContent({ asker }: Wizard): Promise<boolean> {
  const next = await orBack(
    asker.select({
      question: 'Nothing has to be written. What next?',
      choices: [{ value: 'leave', label: 'Leave it as it is' }, toChange],
    }),
    'leave',
  );
  return next === 'leave';
}

/** Until its reader has seen enough of the details. */
async function agree(
  { asker }: Wizard,
  decided: Decided,
  preview: Preview,
  terminal: Terminal,
): Promise<'write' | 'change'> {
  for (;;) {
    const next = await orBack(
      asker.select({
        question: 'Write it?',
        choices: [
          { value: 'write', label: agreement(decided) },
          { value: 'details', label: preview.changes ? 'Show every change' : 'Show the details' },
          toChange,
          { value: 'cancel', label: 'Cancel; nothing is written' },
        ],
      }),
      'change',
    );
    if (next === 'cancel') throw new Cancelled();
    if (next === 'write' || next === 'change') return next;
    showDetails(decided, asker, terminal, preview);
  }
}

/** Asks for one of the answers that do not go together, or for any other. */
async function mend(
  wizard: Wizard,
  answers: RawAnswers,
  problems: readonly Problem[],
): Promise<RawAnswers> {
  const { asker } = wizard;
  for (const problem of problems) asker.tell(sentence(problem), 'warning');
  const list = blamed(await changeable(wizard, answers), problems);
  const next = await orBack(
    asker.select({
      question: 'Some of these answers do not fit together. Which one do you want to change?',
      choices: [
        ...list.map(({ value, label }) => ({ value, label })),
        { value: 'change', label: 'Another answer' },
        { value: 'cancel', label: 'Cancel; nothing is written' },
      ],
    }),
    'change',
  );
  if (next === 'cancel') throw new Cancelled();
  if (next === 'change') return changeAnswers(wizard, answers);
  return changeOne(
    wizard,
    answers,
    list.find(({ value }) => value === next),
  );
}

async function orBack(asked: Promise<string>, instead: string): Promise<string> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Back) return instead;
    throw error;
  }
}

/** Settings that the new release has not are the owner's: leaving them out is said where it is agreed to. */
function agreement({ upgrade }: Decided): string {
  const gone = upgrade?.gone.map(({ name }) => name) ?? [];
  return gone.length === 0 ? 'Write it' : `Write it, without ${gone.join(', ')}`;
}

async function plan(
  { asker, sections, host }: Wizard,
  answers: RawAnswers,
  check: (answers: RawAnswers) => Promise<Decided>,
): Promise<Decided | { readonly problems: readonly Problem[] }> {
  const done = asker.wait('Planning');
  try {
    const settled = await fillFromHost(sections, answers, host);
    return await check(settled.answers);
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    return { problems: error.problems };
  } finally {
    done();
  }
}
