import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { StackError } from '../errors.ts';
import { commit, graft, leaveMarkers } from './commit.ts';
import { conflictSides, decide } from './decisions.ts';
import { look } from './disk.ts';
import { fastForward } from './forward.ts';
import { readBlob } from './git.ts';
import { commitInPlace, findInPlace } from './in-place.ts';
import { formatLock } from './lock.ts';
import { merge, stackTree } from './merge.ts';
import { exposedSecrets, untrackedProblem } from './preflight.ts';
import { openPreview } from './preview.ts';
import { makeReady, type Update } from './ready.ts';
import { compareIndex, describeChanges, diffIndex } from './report.ts';
import { type Head, readHead } from './repository.ts';
import { openScratch } from './scratch.ts';
import { createSides, type Sides } from './sides.ts';
import type { SyncReport } from './types.ts';

/** Brings a committed stack up to date with one commit, merged where nothing is live. */
export async function update(start: Update): Promise<SyncReport> {
  const { repository, options, lock, cleanup, message } = start;
  const { notes, dirty, head } = await makeReady(start);
  const sides = await prepareSides(start, head);
  const openPlace = options.dryRun ? openPreview : openScratch;
  const scratch = await openPlace(repository, head.commit, cleanup);
  const merged = await merge(scratch, head, repository.prefix, sides);
  const { open, overlaps, changes } = await decide(scratch, merged.conflicts, options);

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
  const { absorbed, untracked } = findInPlace(start, head, sides, result, dirty);
  if (options.dryRun) {
    if (untracked.length > 0) notes.push(new StackError(untrackedProblem(untracked)).message);
    return { ...report, outcome: 'preview', diff: await diffIndex(scratch, tree) };
  }
  if (untracked.length > 0) throw new StackError(untrackedProblem(untracked));
  if (open.length > 0 && !options.markers) return { ...report, outcome: 'conflict' };
  if (open.length > 0) {
    if (absorbed.length > 0) {
      await commitInPlace(repository, absorbed);
      return update({ ...start, head: (await readHead(repository)) ?? head });
    }
    await leaveMarkers(repository, scratch, head, conflictSides(scratch, open, sides), message);
    return { ...report, outcome: 'conflict' };
  }
  await graft(scratch, head, repository.prefix);
  const id = await commit(scratch.git, message);
  await fastForward(repository, head.commit, id, absorbed);
  notes.push(...(await exposedSecrets(repository, options.secretPaths ?? [])));
  return { ...report, outcome: lock ? 'updated' : 'created', commit: id };
}

async function prepareSides(
  { repository, lock, generated, options }: Update,
  head: Head,
): Promise<Sides> {
  const { top, prefix } = repository;
  const wanted = new Set(generated.files.map(({ path }) => path));
  const unedited = new Set<string>();
  for (const [path, { kind, sha256 }] of lock?.files ?? []) {
    const mine = head.files.get(path);
    if (kind !== 'seeded' || wanted.has(path) || mine === undefined) continue;
    const content = await readBlob(top, mine.id);
    if (createHash('sha256').update(content).digest('hex') === sha256) unedited.add(path);
  }
  return createSides({
    lock,
    generated,
    lockText: formatLock(generated, lock),
    owned: head.files,
    hash: head.commit.length === 40 ? 'sha1' : 'sha256',
    inputs: options.inputs ?? [],
    isUnedited: (path) => unedited.has(path),
    isOnDisk: (path) => look(join(top, prefix), path).kind !== 'nothing',
  });
}
