import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Paths of all files below a directory, sorted. */
export function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

/** What a stack consists of, by path: its content, and whether it may be executed. Secrets and git's own files are left out. */
export function stackTree(directory: string): Record<string, string> {
  const secret = /^(\.git\/|\.env$|certs\/(privkey|fullchain)\.pem$)/;
  return Object.fromEntries(
    filesBelow(directory)
      .filter((path) => !secret.test(path))
      .map((path) => {
        const file = join(directory, path);
        return [path, `${statSync(file).mode & 0o100 ? 'x' : '-'} ${readFileSync(file, 'utf8')}`];
      }),
  );
}
