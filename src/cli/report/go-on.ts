import { isDeepStrictEqual } from 'node:util';
import type { RawAnswers } from '../../answers/complete.ts';
import { answerFlags } from '../../answers/flags.ts';
import type { Section } from '../../answers/sections.ts';
import { shellWord } from '../../shell-word.ts';
import { program } from './program.ts';
import { answerAt, answerWords, settingWords } from './repeat.ts';

/**
 * The command that goes on where the questions were left, or nothing where nothing was answered. Answers hold no secret.
 *
 * @param existing the answers of the stack that is there; they need not be given again
 */
export function goOnText(
  sections: readonly Section[],
  answers: RawAnswers,
  existing: RawAnswers = {},
  place: readonly string[] = [],
): string {
  const words = answerFlags(sections).flatMap((flag) => {
    const value = answerAt(answers, flag.path);
    const isKnown = value === undefined || isDeepStrictEqual(value, answerAt(existing, flag.path));
    return isKnown ? [] : answerWords(flag, value);
  });
  const release = answers.release;
  if (release !== undefined && release !== existing.release) words.push('--release', `${release}`);
  if (!isDeepStrictEqual(answers.settings, existing.settings))
    words.push(...settingWords(answers.settings));
  if (words.length === 0) return '';
  const command = [...program.split(' '), ...place, ...words].map(shellWord).join(' ');
  return `With the answers so far, it goes on from there:\n${command}`;
}
