import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StackError } from '../../errors.ts';
import { sha256 } from '../../sha256.ts';
import { Cleanup } from '../safety/cleanup.ts';
import {
  look,
  makeDirectory,
  type OnDisk,
  removeFile,
  replaceFile,
  setExecutable,
} from '../safety/disk.ts';
import { diskReason } from '../safety/explain-failure.ts';
import type { FileChange } from '../types.ts';
import { type Lock, lockName, parseLock } from './lock.ts';

/** One file of an update without git. */
export interface UnfinishedFile {
  readonly path: string;
  /** Checksum of what was there; null for nothing. Whatever else is there later is its owner's. */
  readonly before: string | null;
  /** New content in base64; left out when it stays. */
  readonly content?: string;
  readonly executable?: boolean;
  readonly remove?: true;
}

/** An update without git, all of it: written down before the first file is touched, and gone after the last. */
export interface Unfinished {
  /** The lock that the update ends with. */
  readonly lock: string;
  readonly files: readonly UnfinishedFile[];
}

/** Its name keeps it out of git, as every temporary file's. */
const journalOf = (directory: string): string => join(directory, '.update.jitsi-stack.tmp');

/** The update that was cut off in a directory; undefined when none was. */
export function readUnfinished(directory: string): Unfinished | undefined {
  const file = journalOf(directory);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Unfinished) : undefined;
}

/**
 * Carries out an update so that it can be cut off anywhere: the next run calls `finish`. What fails half way is taken back.
 *
 * @throws StackError when even that fails, with what to do
 */
export function carryOut(directory: string, update: Unfinished): void {
  const before = update.files.map(({ path }) => ({ path, found: look(directory, path) }));
  replaceFile(journalOf(directory), JSON.stringify(update), false);
  try {
    writeAll(directory, update);
  } catch (error) {
    if (isTakenBack(directory, before)) rmSync(journalOf(directory), { force: true });
    else throw halfDone(directory, error);
    throw error;
  }
}

/**
 * Brings an update that was cut off to its end. Files that their owner has changed since stay as they are.
 *
 * @throws StackError when it cannot be done now either, with what to do
 */
export function finish(directory: string, update: Unfinished): void {
  try {
    writeAll(directory, update);
  } catch (error) {
    throw halfDone(directory, error);
  }
}

function writeAll(directory: string, update: Unfinished): void {
  for (const file of update.files) {
    const place = join(directory, file.path);
    if (isOpen(directory, file)) {
      if (file.remove) removeFile(directory, file.path);
      else if (file.content !== undefined) {
        makeDirectory(dirname(place), new Cleanup());
        replaceFile(place, Buffer.from(file.content, 'base64'), file.executable === true);
      }
    }
    if (file.executable !== undefined && isDone(directory, file))
      setExecutable(place, file.executable);
  }
  replaceFile(join(directory, lockName), update.lock, false);
  rmSync(journalOf(directory));
}

/** Puts back what was there; new files go first, because they make room for the others. */
function isTakenBack(
  directory: string,
  before: readonly { readonly path: string; readonly found: OnDisk }[],
): boolean {
  try {
    for (const { path, found } of before) if (found.kind === 'nothing') removeFile(directory, path);
    for (const { path, found } of before) {
      if (found.kind !== 'file') continue;
      const now = look(directory, path);
      if (now.kind === 'file' && now.content.equals(found.content)) continue;
      makeDirectory(dirname(join(directory, path)), new Cleanup());
      replaceFile(join(directory, path), found.content, found.executable);
    }
    return true;
  } catch {
    return false;
  }
}

function halfDone(directory: string, cause: unknown): unknown {
  const why = diskReason(cause);
  if (why === undefined) return cause;
  return new StackError(
    {
      where: directory,
      what: 'The update was cut off: some files are changed already, others are not.',
      why,
      fix: 'Put that right and run this again; it completes the update first, whatever else it is asked for.',
    },
    { cause },
  );
}

/** The stack as it will be when the update that was cut off is completed. */
export function afterwards(
  directory: string,
  update: Unfinished,
): { lock: Lock; look: (path: string) => OnDisk; changes: readonly FileChange[] } {
  const open = new Map(
    update.files.filter((file) => isOpen(directory, file)).map((file) => [file.path, file]),
  );
  return {
    lock: parseLock(update.lock),
    look: (path) => {
      const file = open.get(path);
      if (file === undefined) return look(directory, path);
      if (file.remove) return { kind: 'nothing' };
      if (file.content === undefined) return look(directory, path);
      const content = Buffer.from(file.content, 'base64');
      return { kind: 'file', content, executable: file.executable === true };
    },
    changes: [...open.values()].map(({ path, before, remove }) => ({
      path,
      change: remove ? 'removed' : before === null ? 'added' : 'changed',
    })),
  };
}

/** Whether a file still waits for its change. */
function isOpen(directory: string, { path, before, content, remove }: UnfinishedFile): boolean {
  if (content === undefined && !remove) return false;
  const found = look(directory, path);
  if (found.kind === 'other') return false;
  const now = found.kind === 'nothing' ? null : sha256(found.content);
  return now === before && !(found.kind === 'file' && isContent(found.content, content));
}

function isDone(directory: string, { path, content, remove }: UnfinishedFile): boolean {
  const found = look(directory, path);
  return (
    !remove && found.kind === 'file' && (content === undefined || isContent(found.content, content))
  );
}

function isContent(found: Buffer, content: string | undefined): boolean {
  return content !== undefined && found.equals(Buffer.from(content, 'base64'));
}
