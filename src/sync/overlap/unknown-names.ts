import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Problem, StackError } from '../../errors.ts';
import { isPlainPath, match } from '../paths.ts';
import type { Generation, SyncOptions } from '../types.ts';

/** Refuses names under `mine` and `new` that are of nothing in the stack: a slip of the pen would decide nothing, silently. */
export async function refuseUnknownNames(
  directory: string,
  generation: Generation,
  { mine = [], new: theirs = [] }: SyncOptions,
): Promise<void> {
  if (mine.length + theirs.length === 0) return;
  const { files } = await generation.generate();
  const problemWith = (option: string, name: string): Problem[] => {
    const path = name.replace(/^\.\/|\/+$/g, '');
    const where = `${option} ${name}`;
    const fix = 'Name a file or folder as it is called in the stack, or . for all of them.';
    if (['', '.', '*'].includes(path)) return [];
    if (!isPlainPath(path)) return [{ where, what: 'This is no path inside the stack.', fix }];
    const isKnown = files.some((file) => match([path], file.path) !== undefined);
    if (isKnown || existsSync(join(directory, path))) return [];
    return [{ where, what: 'There is no such file in the stack.', fix }];
  };
  const problems = [
    ...mine.flatMap((name) => problemWith('--mine', name)),
    ...theirs.flatMap((name) => problemWith('--new', name)),
  ];
  if (problems.length > 0) throw new StackError(problems);
}
