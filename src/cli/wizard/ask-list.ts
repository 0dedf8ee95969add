import type { FieldOf } from '../../answers/field.ts';
import { Back } from '../cancelled.ts';
import type { Asker } from './asker.ts';

/**
 * Asks for any number of a list. Options of a group stand behind one entry, so that the first question stays short; going
 * back from a group's own question leads to the first one again.
 *
 * @param initial what is chosen so far
 * @returns the chosen values, in the order of the list
 */
export async function askList(
  asker: Asker,
  { question, options = [], groups = [] }: FieldOf<'choices'>,
  initial: readonly string[],
): Promise<readonly string[]> {
  const inside = groups
    .map((group) => ({ ...group, choices: options.filter((one) => one.group === group.value) }))
    .filter(({ choices }) => choices.length > 0);
  const alone = options.filter((one) => !inside.some(({ value }) => value === one.group));
  const entries = inside.map(({ value, label, choices }) => ({
    value,
    label,
    hint: choices.map((one) => one.label).join(', '),
  }));
  let before = initial;
  for (;;) {
    const chosen = await asker.multiselect({
      question,
      choices: [...alone, ...entries],
      initial: [
        ...alone.filter(({ value }) => before.includes(value)),
        ...inside.filter((group) =>
          [group, ...group.choices].some(({ value }) => before.includes(value)),
        ),
      ].map(({ value }) => value),
    });
    const values = new Set(chosen);
    try {
      for (const group of inside.filter(({ value }) => chosen.includes(value))) {
        const own = group.choices.map(({ value }) => value);
        const picked = await asker.multiselect({
          question: group.question,
          choices: group.choices,
          initial: before.filter((value) => own.includes(value)),
          required: true,
        });
        for (const value of picked) values.add(value);
      }
      return options.map(({ value }) => value).filter((value) => values.has(value));
    } catch (error) {
      if (!(error instanceof Back)) throw error;
      const kept = options.filter(({ group }) => group !== undefined && chosen.includes(group));
      before = [...values, ...before.filter((one) => kept.some(({ value }) => value === one))];
    }
  }
}
