import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { StackError } from '../../errors.ts';
import { ancestors } from '../paths.ts';
import type { Cleanup } from './cleanup.ts';

/** What is in a place of the stack. `other` is a directory, link or device, or something above the path that is no directory. */
export type OnDisk =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'other' }
  | { readonly kind: 'file'; readonly content: Buffer; readonly executable: boolean };

/** Looks at a place without following links: a path behind one may be outside the stack. */
export function look(directory: string, path: string): OnDisk {
  for (const above of ancestors(path)) {
    const stat = lstatSync(join(directory, above), { throwIfNoEntry: false });
    if (stat === undefined) return { kind: 'nothing' };
    if (!stat.isDirectory()) return { kind: 'other' };
  }
  const file = join(directory, path);
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return { kind: 'nothing' };
  if (!stat.isFile()) return { kind: 'other' };
  return { kind: 'file', content: readFileSync(file), executable: (stat.mode & 0o100) !== 0 };
}

/** Whether a file says what was generated. Windows editors and checkouts end lines with CRLF; that is no edit. */
export function says(content: Buffer, text: string): boolean {
  return (
    content.equals(Buffer.from(text)) || content.toString('utf8').replaceAll('\r\n', '\n') === text
  );
}

/**
 * Writes a whole file or nothing: a container or a power cut never sees half of it. The temporary name is always the same, so what a
 * killed run leaves is used up when the next one writes that file.
 */
export function replaceFile(file: string, content: string | Buffer, executable: boolean): void {
  const temporary = join(dirname(file), `.${basename(file)}.jitsi-stack.tmp`);
  try {
    rmSync(temporary, { force: true });
    writeFileSync(temporary, content, { flag: 'wx', mode: executable ? 0o777 : 0o666 });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Adds or takes away the right to execute, for whoever may read. */
export function setExecutable(file: string, executable: boolean): void {
  const mode = lstatSync(file).mode & 0o777;
  const wanted = executable ? mode | ((mode & 0o444) >> 2) : mode & ~0o111;
  if (wanted !== mode) chmodSync(file, wanted);
}

/**
 * Makes a directory; undoing removes what was made of it, as far as it is empty. One part of the path after the other:
 * where a file system takes no directories and says that it does not find them (`/proc`), Node's own recursion never ends.
 *
 * @throws StackError where none can be made
 */
export function makeDirectory(directory: string, cleanup: Cleanup): void {
  const missing: string[] = [];
  for (let above = directory; !existsSync(above); above = dirname(above)) missing.unshift(above);
  for (const path of missing) {
    try {
      mkdirSync(path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
      throw new StackError(
        {
          where: path,
          what: 'This directory cannot be made.',
          why: 'The place above it takes no directories.',
          fix: 'Name another directory.',
        },
        { cause: error },
      );
    }
    cleanup.add(() => rmdirSync(path));
  }
}

/** Removes a file, and the directories above it that are empty then. */
export function removeFile(directory: string, path: string): void {
  rmSync(join(directory, path), { force: true });
  for (const above of ancestors(path).reverse()) {
    try {
      rmdirSync(join(directory, above));
    } catch {
      return;
    }
  }
}

/** Removes what killed runs have left beside the files that they were writing. */
export function sweepTemporaries(directory: string, files: readonly { path: string }[]): void {
  const folders = new Set(['', ...files.flatMap(({ path }) => ancestors(path))]);
  for (const folder of folders) {
    const place = join(directory, folder);
    if (!existsSync(place) || !lstatSync(place).isDirectory()) continue;
    for (const name of readdirSync(place))
      if (/^\..+\.jitsi-stack\.tmp$/.test(name)) rmSync(join(place, name), { force: true });
  }
}
