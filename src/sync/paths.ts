import { StackError } from '../errors.ts';
import type { Generated } from './types.ts';

/** Whether a path stays inside the stack, on every system, and is no option for git. */
export function isPlainPath(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (path === '' || /[\\\u0000-\u001f\u007f]/.test(path) || /^[-/]|^[a-z]:/i.test(path))
    return false;
  return path.split('/').every((part) => !['', '.', '..'].includes(part) && !/^\.git$/i.test(part));
}

/** Refuses what a generator must never produce: paths outside the stack, and two files in one place. */
export function checkPaths({ files }: Generated): void {
  const paths = new Set<string>();
  for (const { path } of files) {
    if (!isPlainPath(path))
      throw new Error(`Generated path ${JSON.stringify(path)} is not inside the stack.`);
    if (paths.has(path)) throw new Error(`Generated path ${path} occurs twice.`);
    paths.add(path);
  }
  for (const path of paths) {
    const above = ancestors(path).find((parent) => paths.has(parent));
    if (above) throw new Error(`Generated path ${above} is a file and the directory of ${path}.`);
  }
}

/** The directories above a path: `a/b/c` gives `a`, `a/b`. */
export function ancestors(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** How closely a list of files and directories names a path: the length of the best match, 0 for `.`, undefined for none. */
export function match(names: readonly string[], path: string): number | undefined {
  const lengths = names
    .map((name) => name.replace(/^\.\/|\/+$/g, ''))
    .flatMap((name) => {
      if (['', '.', '*'].includes(name)) return [0];
      return name === path || path.startsWith(`${name}/`) ? [name.length] : [];
    });
  return lengths.length > 0 ? Math.max(...lengths) : undefined;
}

/** Refuses a directory that cannot hold a stack. */
export function notADirectory(directory: string): StackError {
  return new StackError({
    where: directory,
    what: 'There is a file where the directory of the stack should be.',
    fix: 'Name another directory, or move that file away.',
  });
}
