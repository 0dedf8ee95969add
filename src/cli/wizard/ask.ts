import type { RawAnswers } from '../../answers/complete.ts';
import type { Field } from '../../answers/field.ts';
import { entryText } from '../../answers/machine.ts';
import type { Question } from '../../answers/questions.ts';
import type { Recommendation } from '../../answers/recommend.ts';
import { subnetProblem } from '../../answers/suggest.ts';
import { serverOf } from '../../answers/whose.ts';
import { askList } from './ask-list.ts';
import type { Choice } from './asker.ts';
import type { Wizard } from './surroundings.ts';
import { refusalOf } from './trial.ts';

/**
 * Asks one question in the way that its kind calls for, until the answer is right by itself and goes together with those
 * so far.
 *
 * @param proposed what Enter takes
 * @param recommended what speaks for one of the choices
 */
export async function ask(
  wizard: Wizard,
  answers: RawAnswers,
  question: Question,
  proposed: unknown,
  recommended?: Recommendation,
): Promise<unknown> {
  const { asker, stages } = wizard;
  const { field } = question;
  const refused = (value: unknown) => refusalOf(wizard, answers, question, value);
  switch (field.kind) {
    case 'choice': {
      const choices = await possible(
        recommended ? marked(field.options ?? [], recommended) : (field.options ?? []),
        refused,
      );
      const initial = choices.find(({ value, disabled }) => value === proposed && !disabled);
      const first = choices.find(({ disabled }) => !disabled);
      const { value } = initial ?? first ?? {};
      return asker.select({ question: field.question, choices, ...(value && { initial: value }) });
    }
    case 'choices':
      return untilRight(refused, wizard, proposed, (initial) =>
        askList(asker, field, Array.isArray(initial) ? initial.map(String) : []),
      );
    case 'boolean':
      // Whoever does not consent is asked for another choice, so No is as good an answer as Yes.
      if (field.consent) return asker.confirm(field.question, proposed === true, field.labels);
      return untilRight(refused, wizard, proposed, (initial) =>
        asker.confirm(field.question, initial !== false, field.labels),
      );
  }
  const text = Array.isArray(proposed) ? proposed.map(entryText).join(', ') : proposed;
  const example = / such as ([^\s,;]+)/.exec(field.description)?.[1];
  const typed = await asker.text({
    question: field.optional ? `${field.question} (may stay empty)` : field.question,
    ...(text !== undefined && text !== '' && { initial: String(text) }),
    ...(example && { placeholder: example }),
    problem: async (answer) => {
      if (field.optional && answer.trim() === '') return undefined;
      const { problemOf, normalise } = await stages;
      const problem = problemOf(field, answer);
      if (problem !== undefined) return problem;
      const value = normalise(field, answer);
      return (await wrongHere(wizard, answers, question, value)) ?? refused(value);
    },
  });
  if (field.optional && typed.trim() === '') return undefined;
  return (await stages).normalise(field, typed);
}

/** What cannot be had together with the answers so far is shown with why; something is always left to choose. */
async function possible(
  choices: readonly Choice[],
  refused: (value: unknown) => Promise<string | undefined>,
): Promise<readonly Choice[]> {
  const tried: Choice[] = [];
  for (const choice of choices) {
    const hint = await refused(choice.value);
    tried.push(hint === undefined ? choice : { ...choice, hint, disabled: true });
  }
  return tried.every(({ disabled }) => disabled) ? choices : tried;
}

/** Asks again with what was answered, unless that is answered a second time: then the plan has the last word. */
async function untilRight<T>(
  refused: (value: unknown) => Promise<string | undefined>,
  { asker }: Wizard,
  proposed: unknown,
  prompt: (initial: unknown) => Promise<T>,
): Promise<T> {
  let [initial, said] = [proposed, ''];
  for (;;) {
    const value = await prompt(initial);
    const problem = await refused(value);
    if (problem === undefined || problem === said) return value;
    asker.tell(problem, 'warning');
    [initial, said] = [value, problem];
  }
}

/** What only the server can know to be wrong. */
async function wrongHere(
  { host }: Wizard,
  answers: RawAnswers,
  { name, field }: Question,
  answer: unknown,
): Promise<string | undefined> {
  if (name === 'subnet') return subnetProblem(answer, serverOf(answers, host));
  return isEmptyList(field, answer) ? 'Enter at least one address.' : undefined;
}

function isEmptyList({ kind }: Field, answer: unknown): boolean {
  return kind === 'addresses' && Array.isArray(answer) && answer.length === 0;
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
