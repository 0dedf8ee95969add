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
  placeOfQuestion,
  type Question,
  questionsOf,
} from '../../answers/questions.ts';
import { recommend, type ServerFacts } from '../../answers/recommend.ts';
import { replaceAnswers } from '../../answers/replace.ts';
import { suggestions } from '../../answers/suggest.ts';
import { isInCluster, serverOf } from '../../answers/whose.ts';
import { Back } from '../cancelled.ts';
import { ask } from './ask.ts';
import type { Wizard } from './surroundings.ts';

/** What there was before a question was asked. */
interface Asked {
  readonly question: Question;
  readonly answers: RawAnswers;
  readonly seen: ReadonlySet<string>;
}

/**
 * Asks what is open: everything for a new stack, only what is new for an existing one, everything again when told to.
 * Advanced questions wait until somebody wants them, or an answer or this host gives a reason to ask.
 *
 * @param lookAround called once, when the domain is known and before the next question
 * @throws Back when somebody goes back from the first question
 */
export async function askOpenQuestions(
  wizard: Wizard,
  { existing, stated }: Gathered,
  reconfigure: boolean,
  lookAround: (domain: string, answers: RawAnswers, server: Host) => Promise<void>,
): Promise<RawAnswers> {
  const { sections, host, keep } = wizard;
  let answers = existing ? replaceAnswers(sections, existing, stated) : stated;
  let looked = existing !== undefined && !reconfigure ? answers.domain : undefined;
  let listener: ServerFacts['listener'];
  let seen: ReadonlySet<string> = new Set();
  const trail: Asked[] = [];
  /** What was answered before somebody went back. */
  const former = new Map<string, unknown>();
  const facts = (): ServerFacts => {
    const { memory } = isRecord(answers.host) ? answers.host : {};
    return { listener, memory: Number(memory ?? serverOf(answers, host).memory()) };
  };
  /** The first question that is worth asking; every answer may raise one that was not before. */
  const next = () =>
    sections
      .flatMap((section) => questionsOf(section, answers))
      .find((question) => {
        const { field } = question;
        const settled =
          answerTo(question, reconfigure ? stated : answers) !== undefined ||
          (field.optional && existing !== undefined && !reconfigure);
        if (seen.has(placeOfQuestion(question)) || settled || !isOpen(field)) return false;
        return !isAdvanced(field, answers) || recommend(question, answers, facts()) !== undefined;
      });
  for (let question = next(); question; question = next()) {
    if (looked === undefined && typeof answers.domain === 'string') {
      looked = answers.domain;
      // Its name has an address only when it is there.
      if (isInCluster(answers)) continue;
      const server = serverOf(answers, host);
      await lookAround(answers.domain, answers, server);
      if (!existing) listener = await server.webListener();
      continue;
    }
    const { field } = question;
    const place = placeOfQuestion(question);
    const before: Asked = { question, answers, seen };
    seen = new Set([...seen, place]);
    if (
      field === networkFields.exposure &&
      !reconfigure &&
      !former.has(place) &&
      (await isReachedDirectly(answers, host))
    ) {
      answers = replaceAnswers(sections, answers, placed(question, 'public'));
      continue;
    }
    const recommended =
      answerTo(question, answers) === undefined ? recommend(question, answers, facts()) : undefined;
    const suggested =
      former.get(place) ?? recommended?.value ?? (await suggestion(question, answers, wizard));
    if (field.kind === 'addresses') {
      const known = suggested !== undefined && !reconfigure && !former.has(place);
      if (known || isMeaningless(question, answers)) continue;
    }
    try {
      const value = await ask(wizard, answers, question, suggested, recommended);
      if (field.consent && value === false) {
        answers = withoutChoice(question, answers);
        const choice = placeOfQuestion({ ...question, name: question.section.choice?.key ?? '' });
        seen = new Set([...before.seen].filter((one) => one !== choice));
        continue;
      }
      trail.push(before);
      answers = replaceAnswers(sections, answers, placed(question, value));
      keep(answers);
    } catch (error) {
      const last = error instanceof Back ? trail.pop() : undefined;
      if (!last) throw error;
      former.set(placeOfQuestion(last.question), answerTo(last.question, answers));
      ({ answers, seen } = last);
      if (answers.domain !== looked) looked = undefined;
    }
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

/** The answers before the choice that somebody did not stand by. */
export function withoutChoice(
  { section }: Pick<Question, 'section'>,
  answers: RawAnswers,
): RawAnswers {
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
  if (question.field.kind === 'email') return host.email();
  const suggested = layerAnswers(sections, await suggestions(sections, answers, host), answers);
  return answerTo(question, fillDefaults(sections, suggested).answers);
}
