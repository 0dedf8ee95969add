import { flagsOf } from '../answers/flags.ts';
import { questions } from './questions.ts';

/** The flag of every answer. The package has them written down: whoever asks for help waits for no feature. */
export const flags = flagsOf(questions);
