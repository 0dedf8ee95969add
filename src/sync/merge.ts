import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entries, GitFailed, lacksRoom, ownIdentity, readBlob } from './git.ts';
import type { Conflict } from './overlaps.ts';
import type { Head, Tracked } from './repository.ts';
import type { Scratch } from './scratch.ts';
import { type Blob, isExecutable, type Sides } from './sides.ts';
import type { Change } from './types.ts';

/** A merge as it stands in the scratch index: everything that git and the rules below could decide is. */
export interface Merged {
  readonly conflicts: readonly GitConflict[];
  readonly changes: readonly Change[];
}

export interface GitConflict extends Conflict {
  readonly executable: boolean;
  /** How git stores the three sides. */
  readonly blobs: {
    readonly base: string | undefined;
    readonly mine: string;
    readonly new: string;
  };
}

type Stages = readonly [Tracked?, Tracked?, Tracked?];

/** Merges the difference between two generated versions into the owner's stack, in the scratch index. */
export async function merge(
  scratch: Scratch,
  head: Head,
  prefix: string,
  sides: Sides,
): Promise<Merged> {
  const { git } = scratch;
  const next = await commitSides(scratch, head, sides);
  await readStack(scratch, head, prefix);
  try {
    // 70 %: below that, git takes files that merely look alike for renames. Directories are never moved after ours.
    const merging = ['-c', 'merge.directoryRenames=false', 'cherry-pick', '--no-commit'];
    await git(...merging, '--rerere-autoupdate', '-X', 'find-renames=70%', next);
    return { conflicts: [], changes: [] };
  } catch (error) {
    // With code 1 git has merged, but not everything; a resolution that it remembers (rerere) may have settled the rest.
    if (!(error instanceof GitFailed) || error.code !== 1 || lacksRoom(error)) throw error;
    const stages = await readStages(scratch);
    return classify(scratch, head, sides, stages);
  }
}

/** Fills the scratch index with the owner's stack alone, without the rest of the repository around it. */
export async function readStack({ git }: Scratch, head: Head, prefix: string): Promise<void> {
  await git('read-tree', stackTree(head, prefix));
}

/** The owner's stack in the last commit, as git names its tree. */
export function stackTree({ commit, files }: Head, prefix: string): string {
  if (files.size === 0) return emptyTree(commit);
  return prefix === '' ? commit : `${commit}:${prefix.slice(0, -1)}`;
}

/** Sets and removes entries of the scratch index. */
export async function setEntries(
  { git }: Scratch,
  set: readonly (readonly [path: string, blob: Blob])[],
  remove: readonly string[] = [],
): Promise<void> {
  const infos = set.flatMap(([path, { id, executable }]) => [
    '--cacheinfo',
    `${executable ? '100755' : '100644'},${id},${path}`,
  ]);
  if (infos.length > 0) await git('update-index', '--verbose', '--add', ...infos);
  if (remove.length > 0) await git('update-index', '--verbose', '--force-remove', '--', ...remove);
}

/** Stores contents as blobs and returns their ids in order. */
export async function storeBlobs(
  { git, temporary }: Scratch,
  contents: readonly (string | Buffer)[],
): Promise<string[]> {
  if (contents.length === 0) return [];
  const directory = join(temporary, 'blobs');
  mkdirSync(directory, { recursive: true });
  const files = contents.map((content, index) => {
    const file = join(directory, String(index));
    writeFileSync(file, content);
    return file;
  });
  const ids = await git('hash-object', '-w', '--no-filters', '--', ...files);
  return ids.trim().split('\n');
}

/** Makes a commit of each side, the base being the parent of the next, and returns the next. */
async function commitSides(
  scratch: Scratch,
  head: Head,
  { base, next, texts }: Sides,
): Promise<string> {
  const { git } = scratch;
  const known = new Set([...head.files.values()].map(({ id }) => id));
  await storeBlobs(
    scratch,
    [...texts].filter(([id]) => !known.has(id)).map(([, text]) => text),
  );
  // Both in one index, as two directories: half the processes.
  const under = (name: string, side: Sides['base']): [string, Blob][] =>
    [...side].map(([path, blob]) => [`${name}/${path}`, blob]);
  await setEntries(scratch, [...under('base', base), ...under('next', next)]);
  const both = (await git('write-tree')).trim();
  const baseTree = base.size > 0 ? `${both}:base` : emptyTree(head.commit);
  const commit = async (...args: string[]): Promise<string> =>
    (await git(...ownIdentity, 'commit-tree', ...args)).trim();
  const parent = await commit(baseTree, '-m', 'Generated last time');
  return commit(`${both}:next`, '-p', parent, '-m', 'Generated now');
}

/** Git knows this object without storing it; which it is follows from the repository's hash. */
function emptyTree(commit: string): string {
  return commit.length === 40
    ? '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
    : '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321';
}

async function readStages({ git }: Scratch): Promise<Map<string, Stages>> {
  const stages = new Map<string, [Tracked?, Tracked?, Tracked?]>();
  for (const entry of entries(await git('ls-files', '-u', '-z'))) {
    const tab = entry.indexOf('\t');
    const [mode = '', id = '', stage] = entry.slice(0, tab).split(' ');
    const path = entry.slice(tab + 1);
    const found = stages.get(path) ?? [];
    found[Number(stage) - 1] = { mode, id };
    stages.set(path, found);
  }
  return stages;
}

/**
 * Decides what is no question: a deletion or an edit of the owner stays when the other side only deleted or changed. What git
 * stored for a double rename may hold conflict markers, so contents come from the two sides where they have the path.
 */
async function classify(
  scratch: Scratch,
  head: Head,
  { next }: Sides,
  stages: ReadonlyMap<string, Stages>,
): Promise<Merged> {
  const set: [string, Blob][] = [];
  const remove: string[] = [];
  const changes: Change[] = [];
  const conflicts: GitConflict[] = [];
  for (const [path, [base, ours, theirs]] of stages) {
    const mine = toBlob(head.files.get(path) ?? ours);
    const now = next.get(path) ?? toBlob(theirs);
    if (ours && theirs && mine && now) {
      const content = (id: string): Promise<Buffer> => readBlob(scratch.directory, id);
      const [baseText, mineText, newText] = await Promise.all([
        base && content(base.id),
        content(mine.id),
        content(now.id),
      ]);
      const modeIsMine = base !== undefined && isExecutable(base) === now.executable;
      const executable = (modeIsMine ? mine : now).executable;
      const blobs = { base: base?.id, mine: mine.id, new: now.id };
      conflicts.push({ path, base: baseText, mine: mineText, new: newText, executable, blobs });
    } else if (ours && mine) {
      set.push([path, mine]);
      changes.push({
        path,
        change: 'kept',
        note: base
          ? 'no longer generated; it has your edits'
          : 'you renamed it, and so did the new version',
      });
    } else if (theirs && now && !base) {
      set.push([path, now]);
    } else {
      remove.push(path);
      if (theirs)
        changes.push({
          path,
          change: 'stays-deleted',
          note: 'you deleted it; the new version of it was left out',
        });
    }
  }
  await setEntries(scratch, set, remove);
  return { conflicts, changes };
}

function toBlob(entry: Tracked | undefined): Blob | undefined {
  return entry && { id: entry.id, executable: isExecutable(entry) };
}
