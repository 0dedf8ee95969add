import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Problem, StackError } from '../errors.ts';
import type { Cleanup } from './cleanup.ts';
import { commit, graft, leaveMarkers } from './commit.ts';
import { look, says } from './disk.ts';
import { type Absorbed, fastForward } from './forward.ts';
import { readBlob } from './git.ts';
import { formatLock, type Lock, lockName } from './lock.ts';
import { type GitConflict, merge, setEntries, stackTree, storeBlobs } from './merge.ts';
import { dirtyProblem, exposedSecrets, inspect, untrackedProblem } from './preflight.ts';
import { type Compared, compareIndex, describeChanges, diffIndex } from './report.ts';
import { type Head, type Repository, readHead } from './repository.ts';
import { openScratch, type Scratch } from './scratch.ts';
import { settle } from './settle.ts';
import { type Blob, createSides, type Sides } from './sides.ts';
import type { Change, Generated, Overlap, SyncOptions, SyncReport } from './types.ts';

export interface Update {
  readonly repository: Repository;
  readonly head: Head;
  readonly lock: Lock | undefined;
  readonly generated: Generated;
  readonly options: SyncOptions;
  readonly message: string;
  readonly cleanup: Cleanup;
}

/** Brings a committed stack up to date with one commit, merged where nothing is live. */
export async function update(start: Update): Promise<SyncReport> {
  const { repository, options, lock, cleanup, message } = start;
  const { notes, dirty, head } = await checkTree(start);
  const sides = await prepareSides(start, head);
  const scratch = await openScratch(repository, head.commit, cleanup);
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
    await leaveMarkers(repository, scratch, head, sidesOf(scratch, open, sides), message);
    return { ...report, outcome: 'conflict' };
  }
  await graft(scratch, head, repository.prefix);
  const id = await commit(scratch.git, message);
  await fastForward(repository, head.commit, id, absorbed);
  notes.push(...(await exposedSecrets(repository, options.secretPaths ?? [])));
  return { ...report, outcome: lock ? 'updated' : 'created', commit: id };
}

/** Refuses what would get lost or mixed up, or (with the owner's leave) commits it first. */
async function checkTree({ repository, head, lock, generated, options }: Update): Promise<{
  notes: string[];
  dirty: readonly string[];
  head: Head;
}> {
  const paths = new Set([
    ...generated.files.map(({ path }) => path),
    ...(lock?.files.keys() ?? []),
    lockName,
  ]);
  const tree = await inspect(repository, (path) => paths.has(path));
  const dirty = tree.dirty.filter((path) => !options.inputs?.includes(path));
  const problems: Problem[] = [...tree.problems];
  const { commitDirty, dryRun } = options;
  if (dirty.length > 0 && problems.length === 0 && !dryRun && !dirty.includes(lockName)) {
    const agreed = typeof commitDirty === 'function' ? await commitDirty(dirty) : commitDirty;
    if (agreed) {
      await commit(
        repository.git,
        'Keep edits made by hand',
        dirty.map((path) => repository.prefix + path),
      );
      return { notes: [], dirty: tree.dirty, head: (await readHead(repository)) ?? head };
    }
  }
  if (dirty.length > 0) problems.push(dirtyProblem(dirty));
  if (problems.length > 0 && !dryRun) throw new StackError(problems);
  return {
    notes: problems.map((problem) => new StackError(problem).message),
    dirty: tree.dirty,
    head,
  };
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

/** Settles the conflicts in the scratch index; what stays open is there as the owner has it. */
async function decide(
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

/** Finds new content that is on disk already, and files of the owner that are in its place. */
function findInPlace(
  { repository, options, generated }: Update,
  head: Head,
  { next }: Sides,
  result: readonly Compared[],
  dirty: readonly string[],
): { absorbed: Absorbed[]; untracked: string[] } {
  const directory = join(repository.top, repository.prefix);
  const generatedFiles = new Map(generated.files.map((file) => [file.path, file]));
  const absorbed: Absorbed[] = [];
  const untracked: string[] = [];
  for (const { path, id } of result) {
    const isInput =
      options.inputs?.includes(path) === true && (dirty.includes(path) || !head.files.has(path));
    if (id === undefined || (head.files.has(path) && !isInput)) continue;
    const found = look(directory, path);
    const file = generatedFiles.get(path);
    if (found.kind === 'nothing') continue;
    const isSame = found.kind === 'file' && file !== undefined && next.get(path)?.id === id;
    if (isSame && (isInput || says(found.content, file.text))) {
      absorbed.push({ ...file, path: repository.prefix + path });
    } else untracked.push(path);
  }
  return { absorbed, untracked };
}

/** Before a conflict is left in the working tree, what is in place already becomes a commit of its own: `--abort` must not lose it. */
async function commitInPlace({ git }: Repository, absorbed: readonly Absorbed[]): Promise<void> {
  const paths = absorbed.map(({ path }) => path);
  await git('-c', 'core.safecrlf=false', 'update-index', '--add', '--', ...paths);
  await commit(git, 'Keep files that were here before the update', paths);
}

/** The two sides of git's own conflict. The base of a renamed file is where it was. */
function sidesOf(
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
