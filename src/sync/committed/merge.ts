import type { Conflict } from '../overlap/merge-file.ts';
import type { Head, Tracked } from '../repository/repository.ts';
import type { Scratch } from '../repository/scratch.ts';
import { entries, GitFailed, lacksRoom, ownIdentity, readBlob } from '../run-git.ts';
import type { Change } from '../types.ts';
import { type Blob, isExecutable, type Sides } from './merge-sides.ts';
import { emptyTree, readStack, setEntries, storeBlobs } from './scratch-index.ts';

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
