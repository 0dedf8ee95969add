import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Something to look for in the files that only their owner writes. */
export interface Sought {
  /** What is found, for people. */
  readonly word: string;
  readonly pattern: RegExp;
  /** Files in which it means something; all of them when left out. */
  readonly files?: RegExp;
}

export interface Mention {
  readonly path: string;
  readonly line: number;
  readonly word: string;
}

/** More than anybody writes by hand. */
const most = 1024 * 1024;

/**
 * Where owners' files mention something. Lines are named, never quoted: a file may hold secrets.
 *
 * @param places files and directories in the stack in which only its owner writes
 */
export function mentions(
  directory: string,
  places: readonly string[],
  sought: readonly Sought[],
): Mention[] {
  const paths = places.flatMap((place) => filesAt(directory, place)).sort();
  return paths.flatMap((path) => {
    const lines = readFileSync(join(directory, path), 'utf8').split('\n');
    const here = sought.filter(({ files }) => files?.test(path) !== false);
    return lines.flatMap((line, index) =>
      here
        .filter(({ pattern }) => pattern.test(line) && !/^\s*(?:#|\/\/)/.test(line))
        .map(({ word }) => ({ path, line: index + 1, word })),
    );
  });
}

function filesAt(directory: string, path: string): string[] {
  const stat = lstatSync(join(directory, path), { throwIfNoEntry: false });
  if (stat?.isDirectory())
    return readdirSync(join(directory, path)).flatMap((name) =>
      filesAt(directory, `${path}/${name}`),
    );
  return stat?.isFile() && stat.size <= most ? [path] : [];
}
