import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian keeps programs; an ordinary user's PATH leaves out those of administrators. */
export const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * The file of one of this machine's programs; undefined where it is not installed. It is looked for, not started: what
 * a shell says about a missing program is no answer.
 */
export function executable(name: string, path = `${process.env.PATH ?? ''}:${systemPath}`) {
  return path
    .split(delimiter)
    .map((folder) => join(folder || '.', name))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
