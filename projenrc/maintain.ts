import { join } from 'node:path';
import { exitCode, StackError, sentence } from '../src/errors.ts';

/** The checkout. */
export const root = join(import.meta.dirname, '..');

/**
 * Runs a maintainer's tool. It ends with a sentence on stderr: what it did, or what its caller can put right. Any other
 * error keeps its stack.
 */
export async function maintain(work: () => string | Promise<string>): Promise<void> {
  try {
    console.error(await work());
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    for (const problem of error.problems) console.error(sentence(problem));
    process.exitCode = exitCode.usage;
  }
}
