import { isRecord, type RawAnswers } from '../../answers/complete.ts';
import type { Field } from '../../answers/field.ts';
import { memoryText } from '../../answers/memory.ts';
import { allQuestions, answerTo, placed, placeOfQuestion } from '../../answers/questions.ts';
import { replaceAnswers } from '../../answers/replace.ts';
import { fillFromHost } from '../../answers/suggest.ts';
import { Back } from '../cancelled.ts';
import { ask } from './ask.ts';
import type { Choice } from './asker.ts';
import { askSettings } from './settings-question.ts';
import type { Wizard } from './surroundings.ts';
import { isAt } from './trial.ts';
import { withoutChoice } from './wizard.ts';

/** An answer that can be changed. */
export interface Changeable extends Choice {
  readonly change: () => Promise<RawAnswers>;
}

/** Every answer that can be changed, in the words of its question, advanced ones too. */
export async function changeable(
  wizard: Wizard,
  answers: RawAnswers,
): Promise<readonly Changeable[]> {
  const { sections, host } = wizard;
  const settled = (await fillFromHost(sections, answers, host)).answers;
  const questions = allQuestions(sections, settled).map((question): Changeable => {
    const { field } = question;
    const own = answerTo(question, settled);
    return {
      value: placeOfQuestion(question),
      label: `${field.question} ${shown(field, own)}`,
      change: async () => {
        const value = await ask(wizard, settled, question, own);
        return replaceAnswers(sections, answers, placed(question, value));
      },
    };
  });
  const { releases } = await wizard.stages;
  const release = String(settled.release ?? releases[0]);
  return [
    ...questions,
    {
      value: 'release',
      label: `Which release of Jitsi? ${release}`,
      change: async () => ({
        ...answers,
        release: await wizard.asker.select({
          question: 'Which release of Jitsi?',
          choices: releases.map((tag) => ({ value: tag, label: tag })),
          ...(releases.includes(release) && { initial: release }),
        }),
      }),
    },
    {
      value: 'settings',
      label: `Which Jitsi settings do you set yourself? ${settingNames(settled)}`,
      change: () => askSettings(wizard.asker, answers),
    },
  ];
}

/** The answers that problems name. */
export function blamed(
  list: readonly Changeable[],
  problems: readonly { readonly answer?: string }[],
): readonly Changeable[] {
  return list.filter(({ value }) => problems.some(({ answer }) => isAt(answer, value)));
}

/** One answer after the other, until their reader wants to see the plan again. */
export async function changeAnswers(wizard: Wizard, open: RawAnswers): Promise<RawAnswers> {
  let answers = open;
  let last: string | undefined;
  for (;;) {
    const list = await changeable(wizard, answers);
    try {
      last = await wizard.asker.select({
        question: 'Which answer?',
        choices: [
          ...list.map(({ value, label }) => ({ value, label })),
          { value: 'done', label: 'None: back to the plan' },
        ],
        initial: last === undefined ? (list[0]?.value ?? 'done') : 'done',
      });
    } catch (error) {
      if (error instanceof Back) return answers;
      throw error;
    }
    if (last === 'done') return answers;
    answers = await changeOne(
      wizard,
      answers,
      list.find(({ value }) => value === last),
    );
  }
}

/** Asks one answer anew, then those that it leaves open; Esc leaves all as it was. */
export async function changeOne(
  wizard: Wizard,
  answers: RawAnswers,
  one: Changeable | undefined,
): Promise<RawAnswers> {
  try {
    const changed = one ? await one.change() : answers;
    const whole = await askMissing(wizard, changed);
    wizard.keep(whole);
    return whole;
  } catch (error) {
    if (error instanceof Back) return answers;
    throw error;
  }
}

async function askMissing(wizard: Wizard, open: RawAnswers): Promise<RawAnswers> {
  const { sections, host } = wizard;
  let answers = open;
  for (;;) {
    const [first] = (await fillFromHost(sections, answers, host)).missing;
    if (!first) return answers;
    const value = await ask(wizard, answers, first, undefined);
    answers =
      first.field.consent && value === false
        ? withoutChoice(first, answers)
        : replaceAnswers(sections, answers, placed(first, value));
  }
}

function shown({ kind, options = [], labels }: Field, value: unknown): string {
  if (kind === 'memory') return memoryText(Number(value));
  if (typeof value === 'boolean') return value ? (labels?.yes ?? 'Yes') : (labels?.no ?? 'No');
  const label = (one: unknown) =>
    options.find((option) => option.value === one)?.label ?? String(one ?? '');
  return Array.isArray(value) ? value.map(label).join(', ') || 'none' : label(value);
}

function settingNames({ settings }: RawAnswers): string {
  return (isRecord(settings) && Object.keys(settings).join(', ')) || 'none';
}
