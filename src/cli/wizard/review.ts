import type { RawAnswers } from '../../answers/complete.ts';
import type { Field } from '../../answers/field.ts';
import { allQuestions, answerTo, placed, titleOf } from '../../answers/questions.ts';
import { replaceAnswers } from '../../answers/replace.ts';
import { fillFromHost } from '../../answers/suggest.ts';
import { serverOf } from '../../answers/whose.ts';
import type { Decided } from '../../decide.ts';
import { StackError } from '../../errors.ts';
import type { Plan } from '../../plan/plan.ts';
import { Cancelled } from '../cancelled.ts';
import { unplacedList } from '../report/adoption.ts';
import { networkDrawing } from '../report/drawing.ts';
import { fileList } from '../report/files.ts';
import { newerText } from '../report/newer.ts';
import { portTable } from '../report/ports.ts';
import { problemText } from '../report/problems.ts';
import { consequencesTitle, nextSteps } from '../report/steps.ts';
import { upgradeText } from '../report/upgrade.ts';
import { whoGetsIn } from '../report/who.ts';
import type { Terminal } from '../terminal.ts';
import { ask } from './ask.ts';
import { type Wizard, withoutChoice, wrongHere } from './wizard.ts';

/** The changes to a stack that is there, as a title and a list. */
export type Compared = 'nothing to write' | { title: string; body: string } | undefined;

/**
 * Shows the plan and lets its reader change answers until it is right. Nothing has been written when this returns.
 *
 * @param check turns answers into a plan, or throws a StackError that says why they do not go together
 * @param preview compares the plan with what is there; a stack that is new has nothing to compare with
 */
export async function review(
  wizard: Wizard,
  open: RawAnswers,
  terminal: Terminal,
  check: (answers: RawAnswers) => Promise<Decided>,
  preview: (plan: Plan) => Promise<Compared>,
): Promise<Decided | undefined> {
  const { asker } = wizard;
  let answers = open;
  for (;;) {
    const reviewed = await planned(wizard, answers, terminal, check);
    if (reviewed) {
      const compared = await preview(reviewed.plan);
      const { newer, plan } = reviewed;
      if (newer) asker.tell(newerText(newer, plan.release), 'warning');
      if (compared === 'nothing to write') return undefined;
      showPlan(reviewed, wizard, terminal, compared);
    }
    const next = await asker.select({
      question: reviewed ? 'Write it?' : 'These answers do not go together yet.',
      choices: [
        ...(reviewed ? [{ value: 'write', label: agreement(reviewed) }] : []),
        { value: 'change', label: 'Change an answer', hint: 'advanced ones are among them' },
        { value: 'cancel', label: 'Cancel', hint: 'nothing is written' },
      ],
    });
    if (next === 'cancel') throw new Cancelled();
    if (next === 'write') return reviewed;
    answers = await changeAnswers(wizard, answers);
  }
}

/** Settings that the new release has not are the owner's: leaving them out is said where it is agreed to. */
function agreement({ upgrade }: Decided): string {
  const gone = upgrade?.gone.map(({ name }) => name) ?? [];
  return gone.length === 0 ? 'Write it' : `Write it, without ${gone.join(', ')}`;
}

async function planned(
  { asker, sections, host }: Wizard,
  answers: RawAnswers,
  terminal: Terminal,
  check: (answers: RawAnswers) => Promise<Decided>,
): Promise<Decided | undefined> {
  const done = asker.wait('Planning');
  try {
    const settled = await fillFromHost(sections, answers, host);
    return await check(settled.answers);
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    done();
    asker.tell(problemText(error.problems, terminal), 'warning');
    return undefined;
  } finally {
    done();
  }
}

function showPlan(
  { plan, upgrade, consequences = [], unplaced = [] }: Decided,
  { asker }: Wizard,
  terminal: Terminal,
  changes: { title: string; body: string } | undefined,
): void {
  const { columns, unicode, style } = terminal;
  const width = Math.min(columns, 100) - 4;
  if (upgrade) asker.show('Another release of Jitsi', upgradeText(upgrade, terminal, width));
  asker.show('Network', networkDrawing(plan, width, unicode));
  asker.show('Open ports', portTable(plan, width));
  if (plan.access) asker.show('Who gets in', whoGetsIn(plan.access, width));
  if (changes) asker.show(changes.title, changes.body);
  else asker.show('Files', fileList(plan, width));
  if (consequences.length > 0) {
    asker.show(consequencesTitle, nextSteps({ steps: consequences }, '.', width, style));
  }
  if (unplaced.length > 0) {
    asker.show('No place in the new stack', unplacedList(unplaced, terminal, width));
  }
  for (const { level, text } of plan.notes) asker.tell(text, level);
}

/** One answer after the other, advanced ones too, until their reader wants to see the plan again. */
async function changeAnswers(wizard: Wizard, open: RawAnswers): Promise<RawAnswers> {
  const { sections, asker, host } = wizard;
  let answers = open;
  let last = 'done';
  for (;;) {
    const settled = (await fillFromHost(sections, answers, host)).answers;
    const questions = allQuestions(sections, settled);
    last = await asker.select({
      question: 'Which answer?',
      choices: [
        ...questions.map((question, index) => ({
          value: String(index),
          label: `${titleOf(question)}: ${shown(question.field, answerTo(question, settled))}`,
        })),
        { value: 'done', label: 'None: back to the plan' },
      ],
      initial: last === 'done' ? '0' : 'done',
    });
    const question = questions[Number(last)];
    if (!question) return answers;
    const value = await ask(question.field, answerTo(question, settled), wizard, {
      alsoWrong: (answer) => wrongHere(question, answer, serverOf(settled, host)),
    });
    answers = await askWhatIsMissing(
      wizard,
      replaceAnswers(sections, answers, placed(question, value)),
    );
  }
}

/** What a changed answer asks besides and no default answers. */
async function askWhatIsMissing(wizard: Wizard, open: RawAnswers): Promise<RawAnswers> {
  const { sections, host } = wizard;
  let answers = open;
  for (;;) {
    const [question] = (await fillFromHost(sections, answers, host)).missing;
    if (!question) return answers;
    const value = await ask(question.field, undefined, wizard, {
      alsoWrong: (answer) => wrongHere(question, answer, host),
    });
    answers =
      question.field.consent && value === false
        ? withoutChoice(question, answers)
        : replaceAnswers(sections, answers, placed(question, value));
  }
}

function shown({ options = [] }: Field, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const label = (one: unknown) =>
    options.find((option) => option.value === one)?.label ?? String(one ?? '');
  return Array.isArray(value) ? value.map(label).join(', ') || 'none' : label(value);
}
