import { isDeepStrictEqual } from 'node:util';
import type { RawAnswers } from '../../answers/complete.ts';
import type { Plan } from '../../plan/plan.ts';

/**
 * What is wrong, as seen from here, with the servers that a stack is to ask: a directory, a sign-in service. They are tried
 * before anything is written, and where the answers about them are new; the owner may go on all the same.
 *
 * @param wait shows that this takes its time, until what it returns is called
 */
export async function outsideWarnings(
  { asks, answers }: Plan,
  existing: RawAnswers | undefined,
  directory: string,
  wait: (title: string) => () => void = () => () => {},
): Promise<readonly string[]> {
  if (!asks || isDeepStrictEqual(existing?.auth, answers.auth)) return [];
  const done = wait('Trying the servers that sign-in asks');
  try {
    const { tryOutside } = await import('../../doctor/outside.ts');
    return await tryOutside(asks, directory);
  } finally {
    done();
  }
}
