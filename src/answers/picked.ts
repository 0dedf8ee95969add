import type { Answers } from './answers.ts';
import { type AnswerTable, answerTable } from './table.ts';

/**
 * A feature's own answers, where these answers choose it.
 *
 * @returns undefined where they do not
 */
export function pickedAnswers(
  answers: Answers,
  { section, value }: { readonly section: string; readonly value: string },
  table: AnswerTable = answerTable,
): Readonly<Record<string, unknown>> | undefined {
  const row = table[section];
  const given = answers as unknown as Readonly<Record<string, unknown>>;
  const part = given[section];
  if (row === undefined || !('pick' in row)) return undefined;
  if (row.pick === 'one') {
    const chosen = part as Readonly<Record<string, unknown>>;
    return chosen[row.key] === value ? chosen : undefined;
  }
  // A name alone, and a list of them.
  if (![part].flat().includes(value)) return undefined;
  return (given[value] as Readonly<Record<string, unknown>> | undefined) ?? {};
}
