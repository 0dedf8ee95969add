import type { Field } from '../../answers/field.ts';
import type { Recommendation } from '../../answers/recommend.ts';
import type { Stages } from '../stages.ts';
import type { Asker, Choice } from './asker.ts';

type Problem = (value: unknown) => Promise<string | undefined> | string | undefined;

/**
 * Asks one question in the way that its kind calls for, until the answer is right.
 *
 * @param about.alsoWrong what the kind alone cannot know, asked only of answers that are right so far
 * @param about.recommended what speaks for one of the choices
 */
export async function ask(
  field: Field,
  initial: unknown,
  { asker, stages }: { asker: Asker; stages: Promise<Stages> },
  {
    alsoWrong = () => undefined,
    recommended,
  }: { alsoWrong?: Problem; recommended?: Recommendation } = {},
): Promise<unknown> {
  const { question, options = [] } = field;
  switch (field.kind) {
    case 'choice':
      return asker.select({
        question,
        choices: recommended ? marked(options, recommended) : options,
        ...(typeof initial === 'string' && { initial }),
      });
    case 'choices':
      return asker.multiselect({
        question,
        choices: options,
        initial: Array.isArray(initial) ? initial.map(String) : [],
      });
    case 'boolean':
      return asker.confirm(question, field.consent ? initial === true : initial !== false);
  }
  const text = Array.isArray(initial) ? initial.join(', ') : initial;
  const example = / such as ([^\s,;]+)/.exec(field.description)?.[1];
  const typed = await asker.text({
    question: field.optional ? `${question} (may stay empty)` : question,
    ...(text !== undefined && text !== '' && { initial: String(text) }),
    ...(example && { placeholder: example }),
    problem: async (answer) => {
      if (field.optional && answer.trim() === '') return undefined;
      const { problemOf, normalise } = await stages;
      return problemOf(field, answer) ?? alsoWrong(normalise(field, answer));
    },
  });
  if (field.optional && typed.trim() === '') return undefined;
  return (await stages).normalise(field, typed);
}

/** The choices with what speaks for and against each here, the recommended one marked. */
function marked(
  choices: readonly Choice[],
  { value, mark, hints }: Recommendation,
): readonly Choice[] {
  return choices.map((choice) => {
    const hint = hints[choice.value] ?? choice.hint;
    const label = choice.value === value ? `${choice.label} (${mark})` : choice.label;
    return { value: choice.value, label, ...(hint !== undefined && { hint }) };
  });
}
