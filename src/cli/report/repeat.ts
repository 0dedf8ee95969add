import { isDeepStrictEqual } from 'node:util';
import type { Answers } from '../../answers/answers.ts';
import { defaultOf, isRecord } from '../../answers/complete.ts';
import type { Known } from '../../answers/field.ts';
import { type AnswerFlag, answerFlags } from '../../answers/flags.ts';
import { entryText } from '../../answers/machine.ts';
import type { Section } from '../../answers/sections.ts';
import { isInCluster } from '../../answers/whose.ts';
import { shellWord } from '../../shell-word.ts';
import { program } from './program.ts';

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
  const words = [...program.split(' '), ...place, '--yes', ...options];
  for (const flag of answerFlags(sections)) {
    const { path, field, section } = flag;
    const value = answerAt(answers, path);
    if (value === undefined) continue;
    const follows = isDeepStrictEqual(value, defaultOf(field, answers as unknown as Known));
    // Nothing of this computer is taken for a cluster.
    const found = field.detected && !(section.server && isInCluster(answers));
    if (follows && !whole && !found) continue;
    words.push(...answerWords(flag, value));
  }
  words.push('--release', answers.release, ...settingWords(answers.settings));
  return words.map(shellWord).join(' ');
}

/** The words of a command line that give one answer. */
export function answerWords({ name, field }: AnswerFlag, value: unknown): string[] {
  if (field.kind === 'addresses' && Array.isArray(value) && value.length === 0) return [];
  if (field.kind === 'boolean') return [value ? `--${name}` : `--no-${name}`];
  return [
    `--${name}`,
    Array.isArray(value) ? value.map(entryText).join(',') || 'none' : String(value),
  ];
}

/** The words that give settings. */
export function settingWords(settings: unknown): string[] {
  const entries = isRecord(settings) ? Object.entries(settings) : [];
  return entries.flatMap(([name, value]) => ['--set', `settings.${name}=${value}`]);
}

/** The answer at a place. */
export function answerAt(answers: object, [first = '', second]: readonly string[]): unknown {
  const value = (answers as Record<string, unknown>)[first];
  return second === undefined ? value : isRecord(value) ? value[second] : undefined;
}
