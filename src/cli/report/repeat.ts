import { isDeepStrictEqual } from 'node:util';
import type { Answers } from '../../answers/answers.ts';
import { defaultOf, isRecord } from '../../answers/complete.ts';
import type { Known } from '../../answers/field.ts';
import { answerFlags } from '../../answers/flags.ts';
import type { Section } from '../../answers/sections.ts';
import { shellWord } from '../../shell-word.ts';

/**
 * The command that repeats a run without questions and with the same outcome on any host. Answers that the questions'
 * own defaults give on every host are left out.
 *
 * @param place the words after the program's name: the stack's directory, or a command with its own
 * @param whole with the answers that the defaults give too: where something else would be found instead of them
 */
export function repeatCommand(
  sections: readonly Section[],
  answers: Answers,
  place: readonly string[],
  options: readonly string[] = [],
  whole = false,
): string {
  const words = ['npx', 'create-jitsi-stack', ...place, '--yes', ...options];
  for (const { name, path, field } of answerFlags(sections)) {
    const value = at(answers, path);
    if (value === undefined) continue;
    const follows = isDeepStrictEqual(value, defaultOf(field, answers as unknown as Known));
    if (follows && !whole && !field.detected) continue;
    if (field.kind === 'addresses' && isEmpty(value)) continue;
    if (field.kind === 'boolean') words.push(value ? `--${name}` : `--no-${name}`);
    else words.push(`--${name}`, Array.isArray(value) ? value.join(',') || 'none' : String(value));
  }
  words.push('--release', answers.release);
  for (const [name, value] of Object.entries(answers.settings)) {
    words.push('--set', `settings.${name}=${value}`);
  }
  return words.map(shellWord).join(' ');
}

function at(answers: object, [first = '', second]: readonly string[]): unknown {
  const value = (answers as Record<string, unknown>)[first];
  return second === undefined ? value : isRecord(value) ? value[second] : undefined;
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
