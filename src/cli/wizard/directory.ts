import { readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { stackAbove } from '../../answers/gather.ts';
import { StackError } from '../../errors.ts';
import type { Invocation } from '../invocation.ts';
import type { Asker } from './asker.ts';

/**
 * Where the stack is or will be, as its owner would type it.
 *
 * @param preferred what is proposed; by default the stack at hand or above, the directory at hand, or one in it
 */
export async function chooseDirectory(
  { words }: Pick<Invocation, 'words'>,
  from: string,
  asker: Asker | undefined,
  preferred?: string,
): Promise<string> {
  const [named, extra] = words;
  if (extra !== undefined) {
    throw new StackError({
      what: `One directory is enough: “${named}” or “${extra}”?`,
      fix: 'Put a name with blanks in quotes.',
    });
  }
  if (named !== undefined) {
    const problem = fileProblem(named, from);
    if (problem) throw new StackError({ where: named, what: problem });
    return named;
  }
  const above = preferred === undefined ? stackAbove(from) : undefined;
  if (above !== undefined) return relative(from, above) || '.';
  const proposed =
    preferred ?? (readdirSync(from).every((name) => name === '.git') ? '.' : './meet');
  if (!asker) return proposed;
  const typed = await asker.text({
    question: 'Where should the repository be written?',
    placeholder: proposed,
    fallback: proposed,
    problem: (text) => fileProblem(inHome(text), from),
  });
  return inHome(typed);
}

/** `~` as a shell would read it: at a prompt there is none. */
function inHome(path: string): string {
  return /^~(?=\/|$)/.test(path) ? join(homedir(), path.slice(1)) : path;
}

function fileProblem(path: string, from: string): string | undefined {
  if (path.trim() === '') return 'A directory is needed.';
  const facts = statSync(resolve(from, path), { throwIfNoEntry: false });
  return facts && !facts.isDirectory() ? 'This is a file; a directory is needed.' : undefined;
}
