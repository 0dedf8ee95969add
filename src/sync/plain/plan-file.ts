import { sha256 } from '../../sha256.ts';
import type { LockedFile } from '../lock/lock.ts';
import { decideOverlaps } from '../overlap/decide-overlaps.ts';
import type { FileMerger } from '../overlap/merge-file.ts';
import { type OnDisk, says } from '../safety/disk.ts';
import type { FileChange, GeneratedFile, Overlap, SyncOptions } from '../types.ts';
import { withMarkers } from './write-beside.ts';

/** What is to be done to one file, decided before anything is written. */
export interface FileStep {
  readonly change?: FileChange;
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
): Promise<FileStep> {
  const { path, text, remarked = text, executable, kind } = file;
  const add: FileStep = { change: { path, change: 'added' }, write: text, executable };
  if (kind === 'seeded') {
    if (before?.kind === 'seeded' && sha256(text) !== before.sha256 && isUnedited(found, before)) {
      const change: FileChange = { path, change: 'changed' };
      return { change, write: text, executable: found.executable };
    }
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
  const changed: FileStep = {
    change: { path, change: 'changed' },
    write: remarked,
    executable: bit,
  };
  if (isInput || (base !== undefined && says(old, base))) return changed;
  if (says(old, text) || base === text) return { executable: bit };

  const both = {
    path,
    base: base === undefined ? undefined : Buffer.from(base),
    mine: old,
    new: Buffer.from(text),
  };
  const decided = await decideOverlaps(both, merger, options);
  if ('open' in decided)
    return {
      open: { overlaps: decided.open, beside: withMarkers(decided.segments, merger !== undefined) },
      executable: bit,
    };
  if (decided.content.equals(old))
    return {
      change: { path, change: 'kept', note: 'your lines, where both had changed them' },
      executable: bit,
    };
  return { change: { path, change: 'merged' }, write: decided.content, executable: bit };
}

/** Decides what becomes of a file that is no longer generated. */
export function planDropped(path: string, before: LockedFile, found: OnDisk): FileStep {
  if (found.kind === 'nothing') return {};
  if (!isUnedited(found, before))
    return { change: { path, change: 'kept', note: 'no longer generated; it has your edits' } };
  return { change: { path, change: 'removed' }, remove: true };
}

/** Whether a file is as it was written, line ends apart. */
function isUnedited(
  found: OnDisk,
  { sha256: written }: LockedFile,
): found is Extract<OnDisk, { kind: 'file' }> {
  return (
    found.kind === 'file' &&
    [found.content, found.content.toString('utf8').replaceAll('\r\n', '\n')].some(
      (content) => sha256(content) === written,
    )
  );
}
