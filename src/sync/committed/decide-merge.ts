import { settle } from '../overlap/decide-overlaps.ts';
import type { Scratch } from '../repository/scratch.ts';
import type { Change, Overlap, SyncOptions } from '../types.ts';
import type { leaveMarkers } from './leave-markers.ts';
import type { GitConflict } from './merge.ts';
import type { Blob, Sides } from './merge-sides.ts';
import { setEntries, storeBlobs } from './scratch-index.ts';

/** Settles the conflicts in the scratch index; what stays open is there as the owner has it. */
export async function decide(
  scratch: Scratch,
  conflicts: readonly GitConflict[],
  options: SyncOptions,
): Promise<{ open: GitConflict[]; overlaps: Overlap[]; changes: Change[] }> {
  const open: GitConflict[] = [];
  const overlaps: Overlap[] = [];
  const changes: Change[] = [];
  for (const conflict of conflicts) {
    const { path, executable } = conflict;
    const settled = await settle(conflict, scratch, options);
    if ('open' in settled) {
      open.push(conflict);
      overlaps.push(...settled.open);
      await setEntries(scratch, [[path, { id: conflict.blobs.mine, executable }]]);
      continue;
    }
    const [id = ''] = await storeBlobs(scratch, [settled.content]);
    await setEntries(scratch, [[path, { id, executable }]]);
    if (settled.kept)
      changes.push({ path, change: 'kept', note: 'your lines, where both had changed them' });
  }
  return { open, overlaps, changes };
}

/** The two sides of git's own conflict. The base of a renamed file is where it was. */
export function conflictSides(
  scratch: Scratch,
  open: readonly GitConflict[],
  { base, next }: Sides,
): Parameters<typeof leaveMarkers>[3] {
  const before = open.map(({ path, blobs, executable }): [string, Blob] | undefined => {
    const from =
      base.has(path) || blobs.base === undefined ? path : renamedFrom(blobs.base, base, next);
    return blobs.base === undefined ? undefined : [from ?? path, { id: blobs.base, executable }];
  });
  const after = open.map(({ path, blobs, executable }): [string, Blob] => [
    path,
    { id: blobs.new, executable },
  ]);
  const added = open.filter((_, index) => before[index] === undefined).map(({ path }) => path);
  return {
    next: () => setEntries(scratch, after),
    base: () =>
      setEntries(
        scratch,
        before.filter((entry) => entry !== undefined),
        added,
      ),
  };
}

function renamedFrom(id: string, base: Sides['base'], next: Sides['next']): string | undefined {
  return [...base].find(([path, blob]) => blob.id === id && !next.has(path))?.[0];
}
