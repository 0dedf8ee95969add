import { type Answers, schemaUrl } from '../answers.ts';
import { type AnswerTable, answerTable } from '../table.ts';

/**
 * `jitsi-stack.json` as the tool writes it: the order of keys is fixed, so that a diff shows only what changed. Answers
 * of a feature from a list follow the list.
 */
export function writeAnswers(answers: Answers, table: AnswerTable = answerTable): string {
  const given: Readonly<Record<string, unknown>> = { ...answers };
  const keys = ['version', 'release', ...Object.entries(table).flatMap(keysOf), 'settings'];
  const ordered = Object.fromEntries(keys.map((key) => [key, given[key]]));
  return `${JSON.stringify({ $schema: schemaUrl, ...ordered }, null, 2)}\n`;

  function keysOf([id, row]: [string, AnswerTable[string]]): string[] {
    if (!('pick' in row)) return row.top ? Object.keys(row.fields) : [id];
    return row.pick === 'one' ? [id] : [id, ...[given[id] ?? []].flat().map(String)];
  }
}
