import { decideOverlaps } from '../overlap/decide-overlaps.ts';
import type { Scratch } from '../repository/scratch.ts';
import type { FileChange, Overlap, SyncOptions } from '../types.ts';
import type { leaveMarkers } from './leave-markers.ts';
import type { StagedOverlap } from './merge.ts';
import type { Blob, Sides } from './merge-sides.ts';
import { setEntries, storeBlobs } from './scratch-index.ts';

/** Decides the overlaps of a merge in the scratch index; what stays open is there as the owner has it. */
export async function decideMerge(
  scratch: Scratch,
  overlapping: readonly StagedOverlap[],
  options: SyncOptions,
): Promise<{ open: StagedOverlap[]; overlaps: Overlap[]; changes: FileChange[] }> {
  const open: StagedOverlap[] = [];
  const overlaps: Overlap[] = [];
  const changes: FileChange[] = [];
  for (const file of overlapping) {
    const { path, executable } = file;
    const decided = await decideOverlaps(file, scratch, options);
    if ('open' in decided) {
      open.push(file);
      overlaps.push(...decided.open);
      await setEntries(scratch, [[path, { id: file.blobs.mine, executable }]]);
      continue;
    }
    const [id = ''] = await storeBlobs(scratch, [decided.content]);
    await setEntries(scratch, [[path, { id, executable }]]);
    if (decided.kept)
      changes.push({ path, change: 'kept', note: 'your lines, where both had changed them' });
  }
  return { open, overlaps, changes };
}

/** The two sides of git's own conflict. The base of a renamed file is where it was. */
export function overlapSides(
  scratch: Scratch,
  open: readonly StagedOverlap[],
  { base, new: generatedNow }: Sides,
): Parameters<typeof leaveMarkers>[3] {
  const before = open.map(({ path, blobs, executable }): [string, Blob] | undefined => {
    const from =
      base.has(path) || blobs.base === undefined
        ? path
        : renamedFrom(blobs.base, base, generatedNow);
    return blobs.base === undefined ? undefined : [from ?? path, { id: blobs.base, executable }];
  });
  const after = open.map(({ path, blobs, executable }): [string, Blob] => [
    path,
    { id: blobs.new, executable },
  ]);
  const added = open.filter((_, index) => before[index] === undefined).map(({ path }) => path);
  return {
    new: () => setEntries(scratch, after),
    base: () =>
      setEntries(
        scratch,
        before.filter((entry) => entry !== undefined),
        added,
      ),
  };
}

function renamedFrom(id: string, base: Sides['base'], now: Sides['new']): string | undefined {
  return [...base].find(([path, blob]) => blob.id === id && !now.has(path))?.[0];
}
