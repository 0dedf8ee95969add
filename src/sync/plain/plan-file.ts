import { type LockedFile, sha256 } from '../lock/lock.ts';
import { settle } from '../overlap/decide-overlaps.ts';
import type { FileMerger } from '../overlap/merge-file.ts';
import { type OnDisk, says } from '../safety/disk.ts';
import type { Change, GeneratedFile, Overlap, SyncOptions } from '../types.ts';
import { withMarkers } from './write-beside.ts';

/** What is to be done to one file, decided before anything is written. */
export interface Step {
  readonly change?: Change;
  readonly old?: Buffer;
  /** New content; undefined leaves it. */
  readonly write?: string | Buffer;
  readonly executable?: boolean;
  readonly remove?: true;
  readonly open?: { readonly overlaps: readonly Overlap[]; readonly beside: Buffer };
}

/** Decides what becomes of a file that is generated now. */
export async function planFile(
  file: GeneratedFile,
  before: LockedFile | undefined,
  found: OnDisk,
  options: SyncOptions,
  merger: FileMerger | undefined,
): Promise<Step> {
  const { path, text, executable, kind } = file;
  const add: Step = { change: { path, change: 'added' }, write: text, executable };
  if (kind === 'seeded') {
    if (before !== undefined) return {};
    return found.kind === 'nothing'
      ? add
      : { change: { path, change: 'kept', note: 'yours was here already' } };
  }
  const base = before?.text;
  const isInput = options.inputs?.includes(path) === true;
  if (base === text && before?.executable === executable) return {};
  if (found.kind === 'other') {
    return {
      change: { path, change: 'kept', note: 'something of yours that is no file is in its place' },
    };
  }
  if (found.kind === 'nothing') {
    if (base === undefined || isInput) return add;
    return {
      change: {
        path,
        change: 'stays-deleted',
        note: 'you deleted it; the new version of it was left out',
      },
    };
  }
  const old = found.content;
  const bit = before?.executable === executable ? found.executable : executable;
  const changed: Step = { change: { path, change: 'changed' }, old, write: text, executable: bit };
  if (isInput || (base !== undefined && says(old, base))) return changed;
  if (says(old, text) || base === text) return { executable: bit };

  const conflict = {
    path,
    base: base === undefined ? undefined : Buffer.from(base),
    mine: old,
    new: Buffer.from(text),
  };
  const settled = await settle(conflict, merger, options);
  if ('open' in settled)
    return {
      open: { overlaps: settled.open, beside: withMarkers(settled.segments, merger !== undefined) },
      executable: bit,
    };
  if (settled.content.equals(old))
    return {
      change: { path, change: 'kept', note: 'your lines, where both had changed them' },
      executable: bit,
    };
  return { change: { path, change: 'merged' }, old, write: settled.content, executable: bit };
}

/** Decides what becomes of a file that is no longer generated. */
export function planDropped(path: string, before: LockedFile, found: OnDisk): Step {
  if (found.kind === 'nothing') return {};
  const isUnedited =
    found.kind === 'file' &&
    [found.content, found.content.toString('utf8').replaceAll('\r\n', '\n')].some(
      (content) => sha256(content) === before.sha256,
    );
  if (!isUnedited)
    return { change: { path, change: 'kept', note: 'no longer generated; it has your edits' } };
  return { change: { path, change: 'removed' }, old: found.content, remove: true };
}
