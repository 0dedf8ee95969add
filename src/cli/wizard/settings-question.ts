import { isRecord, type RawAnswers } from '../../answers/complete.ts';
import { readSetting } from '../../answers/set-answer.ts';
import { StackError } from '../../errors.ts';
import type { Asker } from './asker.ts';

/** Asks which of Jitsi's variables the owner sets: one is added, changed or taken out at a time. */
export async function askSettings(asker: Asker, answers: RawAnswers): Promise<RawAnswers> {
  const settings = isRecord(answers.settings) ? answers.settings : {};
  const names = Object.keys(settings);
  const name =
    names.length === 0
      ? ''
      : await asker.select({
          question: 'Which setting?',
          choices: [
            ...names.map((one) => ({ value: one, label: `${one}=${settings[one]}` })),
            { value: '', label: 'Another one' },
          ],
        });
  const { [name]: former, ...others } = settings;
  const typed = await asker.text({
    question: 'Its name and value (leave empty to remove it)',
    placeholder: 'ENABLE_LOBBY=true',
    ...(name !== '' && { initial: `${name}=${former}` }),
    problem: (text) => {
      try {
        if (text.trim() !== '') read(text);
        return undefined;
      } catch (error) {
        if (error instanceof StackError) return error.problems[0]?.what;
        throw error;
      }
    },
  });
  return { ...answers, settings: typed.trim() === '' ? others : { ...others, ...read(typed) } };
}

function read(text: string): Readonly<Record<string, unknown>> {
  const { path, value } = readSetting(`settings.${text.trim()}`, []);
  return { [path[1] ?? '']: value };
}
