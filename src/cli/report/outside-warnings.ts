import { isDeepStrictEqual } from 'node:util';
import type { RawAnswers } from '../../answers/complete.ts';
import type { Plan } from '../../plan/plan.ts';
import { Back } from '../cancelled.ts';

/** Somebody who can be asked, while servers are tried. */
export interface Present {
  readonly tell: (text: string) => void;
  /** Shows that something takes its time, until what it returns is called. */
  readonly wait: (title: string) => () => void;
  /** Asks for something that nobody else may read; empty for not now. Left out where what is typed would be seen. */
  readonly password?: (question: string) => Promise<string>;
  /** Passwords that were typed, by name; the ones that a server refused are taken out again. */
  readonly entered: Map<string, string>;
}

/**
 * What is wrong, as seen from here, with the servers that a stack is to ask: a directory, a sign-in service. They are tried
 * before anything is written, and where the answers about them are new; the owner may go on all the same.
 */
export async function outsideWarnings(
  { asks, answers }: Plan,
  existing: RawAnswers | undefined,
  directory: string,
  present?: Present,
): Promise<readonly string[]> {
  if (!asks || isDeepStrictEqual(existing?.auth, answers.auth)) return [];
  const { tryOutside, withoutPassword } = await import('../../doctor/outside.ts');
  const entered = present?.entered ?? new Map<string, string>();
  for (const { name, secret } of withoutPassword(asks, directory)) {
    if (entered.has(secret)) continue;
    const typed = await askPassword(name, present);
    if (typed) entered.set(secret, typed);
  }
  const done = present?.wait('Trying the sign-in servers');
  try {
    const tried = await tryOutside(asks, directory, entered);
    for (const { refused } of tried) if (refused !== undefined) entered.delete(refused);
    return tried.map(({ text }) => text);
  } finally {
    done?.();
  }
}

/** The password of an account; empty for not now. */
async function askPassword(name: string, present: Present | undefined): Promise<string> {
  if (!present?.password) return '';
  present.tell(
    'The directory is tried now with the account that searches it. Its password goes into .env and nowhere else; Enter leaves it for later.',
  );
  return present.password(`What is the password of ${name}?`).catch((error: unknown) => {
    if (error instanceof Back) return '';
    throw error;
  });
}
