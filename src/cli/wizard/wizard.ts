import { fillDefaults, isRecord, layerAnswers, type RawAnswers } from '../../answers/complete.ts';
import type { Host } from '../../answers/detect/host.ts';
import type { Field } from '../../answers/field.ts';
import type { Gathered } from '../../answers/gather.ts';
import {
  answerTo,
  isAdvanced,
  isMeaningless,
  isOpen,
  placed,
  type Question,
  questionsOf,
} from '../../answers/questions.ts';
import { recommend, type ServerFacts } from '../../answers/recommend.ts';
import { replaceAnswers } from '../../answers/replace.ts';
import type { Section } from '../../answers/sections.ts';
import { subnetProblem, suggestions } from '../../answers/suggest.ts';
import type { Stages } from '../stages.ts';
import { ask } from './ask.ts';
import type { Asker } from './asker.ts';

export interface Wizard {
  readonly asker: Asker;
  readonly stages: Promise<Stages>;
  readonly host: Host;
  readonly sections: readonly Section[];
}

/**
 * Asks what is open: everything for a new stack, only what is new for an existing one, everything again when told to.
 * Advanced questions wait until somebody wants them, or an answer or this host gives a reason to ask.
 *
 * @param lookAround called once, when the domain is known and before the next question
 */
export async function askOpenQuestions(
  wizard: Wizard,
  { existing, stated }: Gathered,
  reconfigure: boolean,
  lookAround: (domain: string) => Promise<void>,
): Promise<RawAnswers> {
  const { sections, host } = wizard;
  let answers = existing ? replaceAnswers(sections, existing, stated) : stated;
  let looked = existing !== undefined && !reconfigure;
  const stack = isRecord(answers.host) ? answers.host : {};
  const memory = Number(stack.memory ?? host.memory());
  const here: ServerFacts = { listener: undefined, memory };
  const seen = new Set<Field>();
  /** The first question that is worth asking; every answer may raise one that was not before. */
  const next = () =>
    sections
      .flatMap((section) => questionsOf(section, answers))
      .find((question) => {
        const { field } = question;
        const settled =
          answerTo(question, reconfigure ? stated : answers) !== undefined ||
          (field.optional && existing !== undefined && !reconfigure);
        if (seen.has(field) || settled || !isOpen(field)) return false;
        return !isAdvanced(field, answers) || recommend(question, answers, here) !== undefined;
      });
  for (let question = next(); question; question = next()) {
    if (!looked && typeof answers.domain === 'string') {
      looked = true;
      await lookAround(answers.domain);
      if (!existing) here.listener = await host.webListener();
      continue;
    }
    const { field } = question;
    seen.add(field);
    const recommended =
      answerTo(question, answers) === undefined ? recommend(question, answers, here) : undefined;
    const suggested = recommended?.value ?? (await suggestion(question, answers, wizard));
    if (field.kind === 'addresses') {
      const known = suggested !== undefined && !reconfigure;
      if (known || isMeaningless(question, answers)) continue;
    }
    const value = await ask(field, suggested, wizard, {
      alsoWrong: (answer) => wrongHere(question, answer, host),
      ...(recommended && { recommended }),
    });
    answers = replaceAnswers(sections, answers, placed(question, value));
  }
  return answers;
}

/** The answer so far, else what the host suggests, else the question's own default. */
async function suggestion(
  question: Question,
  answers: RawAnswers,
  { sections, host }: Wizard,
): Promise<unknown> {
  const own = answerTo(question, answers);
  if (own !== undefined) return own;
  const suggested = layerAnswers(sections, await suggestions(sections, answers, host), answers);
  return answerTo(question, fillDefaults(sections, suggested).answers);
}

/** What only this host can know to be wrong. */
export function wrongHere({ name, field }: Question, answer: unknown, host: Host) {
  if (name === 'subnet') return subnetProblem(answer, host);
  if (field.kind === 'addresses' && Array.isArray(answer) && answer.length === 0) {
    return 'At least one address is needed.';
  }
  return undefined;
}
