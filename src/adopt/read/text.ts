import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { StackError } from '../../errors.ts';

/** More than anybody writes by hand; a wrong file should be named, not read. */
const most = 1024 * 1024;

/** A file of the old installation byte by byte (one character each); undefined when there is none. */
export function readBytes(path: string, name: string): string | undefined {
  try {
    const facts = statSync(path);
    if (!facts.isFile()) return undefined;
    if (facts.size > most) {
      throw new StackError({ where: name, what: 'It is larger than 1 MiB, so it was not read.' });
    }
    return readFileSync(path, 'latin1');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return undefined;
    if (code === 'EACCES' || code === 'EPERM') {
      throw new StackError({
        where: name,
        what: 'You are not allowed to read it.',
        fix: 'Run this as the user who starts the old installation, or with sudo.',
      });
    }
    throw error;
  }
}

/** The same as text, without a byte order mark. */
export function readText(path: string, name: string): string | undefined {
  const bytes = readBytes(path, name);
  return bytes === undefined ? undefined : fromBytes(bytes).replace(/^\uFEFF/, '');
}

export function fromBytes(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** How a file is called in sentences: from the installation where it is inside. */
export function nameOf(path: string, directory: string): string {
  const short = relative(directory, path);
  return short === '' || short.startsWith('..') || isAbsolute(short) ? path : short;
}
