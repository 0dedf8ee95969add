import { isIPv6 } from '../../addresses.ts';
import { hostFields, networkFields } from '../../answers/basics.ts';
import { fillDefaults, isRecord, layerAnswers, type RawAnswers } from '../../answers/complete.ts';
import type { Host } from '../../answers/detect/host.ts';
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
import { serverOf } from '../../answers/whose.ts';
import type { Stages } from '../stages.ts';
import { ask } from './ask.ts';
import type { Asker } from './asker.ts';

export interface Wizard {
  readonly asker: Asker;
  readonly stages: Promise<Stages>;
  /** The computer at hand; whether Jitsi will run on it, the answers say. */
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
  lookAround: (domain: string, server: Host) => Promise<void>,
): Promise<RawAnswers> {
  const { sections, host } = wizard;
  let answers = existing ? replaceAnswers(sections, existing, stated) : stated;
  let looked = existing !== undefined && !reconfigure;
  let listener: ServerFacts['listener'];
  const facts = (): ServerFacts => {
    const { memory } = isRecord(answers.host) ? answers.host : {};
    return { listener, memory: Number(memory ?? serverOf(answers, host).memory()) };
  };
  const seen = new Set<string>();
  /** The first question that is worth asking; every answer may raise one that was not before. */
  const next = () =>
    sections
      .flatMap((section) => questionsOf(section, answers))
      .find((question) => {
        const { field } = question;
        const settled =
          answerTo(question, reconfigure ? stated : answers) !== undefined ||
          (field.optional && existing !== undefined && !reconfigure);
        if (seen.has(keyOf(question)) || settled || !isOpen(field)) return false;
        return !isAdvanced(field, answers) || recommend(question, answers, facts()) !== undefined;
      });
  for (let question = next(); question; question = next()) {
    if (!looked && typeof answers.domain === 'string') {
      looked = true;
      const server = serverOf(answers, host);
      await lookAround(answers.domain, server);
      if (!existing) listener = await server.webListener();
      continue;
    }
    const { field } = question;
    seen.add(keyOf(question));
    if (
      field === networkFields.exposure &&
      !reconfigure &&
      (await isReachedDirectly(answers, host))
    ) {
      answers = replaceAnswers(sections, answers, placed(question, 'public'));
      continue;
    }
    const recommended =
      answerTo(question, answers) === undefined ? recommend(question, answers, facts()) : undefined;
    const suggested = recommended?.value ?? (await suggestion(question, answers, wizard));
    if (field.kind === 'addresses') {
      const known = suggested !== undefined && !reconfigure;
      if (known || isMeaningless(question, answers)) continue;
    }
    const value = await ask(field, suggested, wizard, {
      alsoWrong: (answer) => wrongHere(question, answer, serverOf(answers, host)),
      ...(recommended && { recommended }),
    });
    if (field.consent && value === false) {
      answers = withoutChoice(question, answers);
      seen.delete(keyOf({ ...question, name: question.section.choice?.key ?? '' }));
      seen.delete(keyOf(question));
      continue;
    }
    answers = replaceAnswers(sections, answers, placed(question, value));
  }
  return answers;
}

/** The name leads to a public address that this server has itself: there is nothing to ask about the way there. */
async function isReachedDirectly(answers: RawAnswers, host: Host): Promise<boolean> {
  if (typeof answers.domain !== 'string') return false;
  const server = serverOf(answers, host);
  const [answer, local] = await Promise.all([server.lookUp(answers.domain), server.addresses()]);
  const four = local.public.filter((address) => !isIPv6(address));
  return answer.outcome === 'found' && answer.addresses.some((address) => four.includes(address));
}

const keyOf = ({ section, name }: Pick<Question, 'section' | 'name'>) => `${section.id}.${name}`;

/** The answers before the choice that somebody did not stand by. */
export function withoutChoice({ section }: Question, answers: RawAnswers): RawAnswers {
  const { [section.id]: _, ...others } = answers;
  return others;
}

/** The answer so far, else what the host suggests, else the question's own default. */
async function suggestion(
  question: Question,
  answers: RawAnswers,
  { sections, host }: Wizard,
): Promise<unknown> {
  const own = answerTo(question, answers);
  if (own !== undefined) return own;
  if (question.field === hostFields.here) return host.looksLikeServer();
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
