import { layerAnswers, type RawAnswers } from '../../answers/complete.ts';
import type { Field, FieldKind } from '../../answers/field.ts';
import { placed, placeOfQuestion, type Question } from '../../answers/questions.ts';
import { replaceAnswers } from '../../answers/replace.ts';
import { fillFromHost } from '../../answers/suggest.ts';
import type { Problem } from '../../errors.ts';
import type { Wizard } from './surroundings.ts';

/** What stands for an answer that is still to be asked, so that the others can be tried without it. */
const samples: Partial<Record<FieldKind, string>> = {
  hostname: 'sample.example.org',
  email: 'sample@example.org',
  url: 'https://sample.example.org',
  address: '192.0.2.1',
  addresses: '192.0.2.1',
  memory: '4 GB',
  registry: 'registry.example.org/sample',
  text: 'sample',
  boolean: 'true',
};

/**
 * Why one answer does not go together with those so far, in words for its prompt; undefined where it does. What is still
 * open counts as its default.
 */
export async function refusalOf(
  { sections, host, stages }: Wizard,
  answers: RawAnswers,
  question: Question,
  value: unknown,
): Promise<string | undefined> {
  // Before the first answer there is nothing that it could contradict.
  if (answers.domain === undefined) return undefined;
  const tried = replaceAnswers(sections, answers, placed(question, value));
  const filled = await fillFromHost(sections, tried, host);
  const whole = filled.missing.reduce(
    (all, open) => layerAnswers(sections, all, placed(open, sampleFor(open.field))),
    filled.answers,
  );
  const place = placeOfQuestion(question);
  const problem = (await (await stages).refusals(sections, whole)).find(({ answer }) =>
    isAt(answer, place),
  );
  return problem && promptText(problem);
}

/** Whether an answer, or a part of it, is meant. */
export function isAt(answer: string | undefined, place: string): boolean {
  return answer === place || answer?.startsWith(`${place}.`) === true;
}

/** Flags are of no use to somebody who is being asked. */
function promptText({ what, why, fix }: Problem): string {
  return [what, why, fix?.includes('--') ? undefined : fix].filter(Boolean).join(' ');
}

function sampleFor({ kind, options = [] }: Field): unknown {
  return samples[kind] ?? options[0]?.value;
}
