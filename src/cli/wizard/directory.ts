import { existsSync, mkdtempSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { answersFile, stackAbove } from '../../answers/gather.ts';
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
      fix: 'Put quotes around a name with spaces.',
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
    question: 'Where should the files be written?',
    placeholder: proposed === '.' ? 'this folder' : proposed,
    fallback: proposed,
    problem: (text) => placeProblem(inHome(text), from),
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

/** Files that every stack has at its top. */
export const topFiles = [
  '.env.example',
  '.gitattributes',
  '.gitignore',
  'README.md',
  'compose.yaml',
  'stack',
] as const;

/** Why a stack cannot be written there: it is no directory, holds something else already, or nobody can write there. */
export function placeProblem(path: string, from: string): string | undefined {
  const problem = fileProblem(path, from);
  if (problem !== undefined) return problem;
  const directory = resolve(from, path);
  if (existsSync(join(directory, answersFile))) return undefined;
  // What git keeps can be merged and brought back.
  const names = existsSync(join(directory, '.git')) ? [] : readable(directory);
  const taken = topFiles.filter((name) => names.includes(name));
  if (taken.length > 0) {
    return `There is something else already: ${taken.join(', ')}. Name a new directory, or an empty one.`;
  }
  return writeProblem(directory);
}

/** Tried with an empty directory, which goes again: permissions do not say all, in /proc for instance. */
function writeProblem(directory: string): string | undefined {
  let nearest = directory;
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  try {
    rmdirSync(mkdtempSync(join(nearest, '.create-jitsi-stack-')));
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return `Nothing can be written in ${nearest} (${code}). Name another directory, or make it yours first.`;
  }
}

function readable(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
