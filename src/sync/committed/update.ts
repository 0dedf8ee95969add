import { join } from 'node:path';
import { exitCode, StackError } from '../../errors.ts';
import { sha256 } from '../../sha256.ts';
import { formatLock } from '../lock/lock.ts';
import { commit } from '../repository/commit.ts';
import { exposedSecrets, untrackedProblem } from '../repository/preflight.ts';
import { openPreview } from '../repository/preview-scratch.ts';
import { type Head, readHead } from '../repository/repository.ts';
import { openScratch } from '../repository/scratch.ts';
import { readBlob } from '../run-git.ts';
import { look } from '../safety/disk.ts';
import type { SyncReport } from '../types.ts';
import { commitInPlace, findInPlace } from './already-in-place.ts';
import { decideMerge, overlapSides } from './decide-merge.ts';
import { compareIndex, describeChanges, diffIndex } from './describe-changes.ts';
import { fastForward } from './fast-forward.ts';
import { leaveMarkers } from './leave-markers.ts';
import { endedAfterKeeping, makeReady, type Update } from './make-ready.ts';
import { merge } from './merge.ts';
import { mergeSides, type Sides } from './merge-sides.ts';
import { graft, stackTree } from './scratch-index.ts';

/** Brings a committed stack up to date with one commit, merged where nothing is live. */
export async function update(start: Update): Promise<SyncReport> {
  const { repository, options, lock, cleanup, message } = start;
  const { notes, dirty, head, kept } = await makeReady(start);
  const sides = await prepareSides(start, head);
  const openPlace = options.dryRun ? openPreview : openScratch;
  const scratch = await openPlace(repository, head.commit, cleanup);
  const merged = await merge(scratch, head, repository.prefix, sides);
  const { open, overlaps, changes } = await decideMerge(scratch, merged.overlapping, options).catch(
    (error: Error) => {
      const isEnd =
        error.name === 'Cancelled' || (error as StackError).exitCode === exitCode.cancelled;
      throw isEnd && kept.length > 0 ? endedAfterKeeping(kept) : error;
    },
  );

  const tree = stackTree(head, repository.prefix);
  const result = await compareIndex(scratch, tree);
  const report = {
    changes: describeChanges(result, head, sides, [
      ...sides.changes,
      ...merged.changes,
      ...changes,
    ]),
    overlaps,
    notes,
  };
  const { inPlace, untracked } = findInPlace(start, head, sides, result, dirty);
  if (options.dryRun) {
    if (untracked.length > 0) notes.push(new StackError(untrackedProblem(untracked)).message);
    return { ...report, outcome: 'preview', diff: await diffIndex(scratch, tree) };
  }
  if (untracked.length > 0) throw new StackError(untrackedProblem(untracked));
  if (open.length > 0 && !options.markers) return { ...report, outcome: 'overlap' };
  if (open.length > 0) {
    if (inPlace.length > 0) {
      await commitInPlace(repository, inPlace);
      return update({ ...start, head: (await readHead(repository)) ?? head });
    }
    await leaveMarkers(repository, scratch, head, overlapSides(scratch, open, sides), message);
    return { ...report, outcome: 'overlap' };
  }
  await graft(scratch, head, repository.prefix);
  const id = await commit(scratch.git, message);
  await fastForward(repository, head.commit, id, inPlace);
  notes.push(...(await exposedSecrets(repository, options.secretPaths ?? [])));
  return { ...report, outcome: lock ? 'updated' : 'created', commit: id };
}

async function prepareSides(
  { repository, lock, generated, options }: Update,
  head: Head,
): Promise<Sides> {
  const { top, prefix } = repository;
  const wanted = new Map(generated.files.map(({ path, text }) => [path, text]));
  const unedited = new Set<string>();
  for (const [path, before] of lock?.files ?? []) {
    const mine = head.files.get(path);
    const text = wanted.get(path);
    const stays = text !== undefined && sha256(text) === before.sha256;
    if (before.kind !== 'seeded' || mine === undefined || stays) continue;
    if (sha256(await readBlob(top, mine.id)) === before.sha256) unedited.add(path);
  }
  return mergeSides({
    lock,
    generated,
    lockText: formatLock(generated, lock, unedited),
    owners: head.files,
    hash: head.commit.length === 40 ? 'sha1' : 'sha256',
    inputs: options.inputs ?? [],
    isUnedited: (path) => unedited.has(path),
    isOnDisk: (path) => look(join(top, prefix), path).kind !== 'nothing',
  });
}
