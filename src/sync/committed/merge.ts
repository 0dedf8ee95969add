import type { OverlappingFile } from '../overlap/merge-file.ts';
import type { Head, Tracked } from '../repository/repository.ts';
import type { Scratch } from '../repository/scratch.ts';
import { entries, GitFailed, lacksRoom, ownIdentity, readBlob } from '../run-git.ts';
import type { FileChange } from '../types.ts';
import { type Blob, isExecutable, type Sides } from './merge-sides.ts';
import { emptyTree, readStack, setEntries, storeBlobs } from './scratch-index.ts';

/** A merge as it stands in the scratch index: everything that git and the rules below could decide is. */
export interface Merged {
  /** Files with overlaps that somebody has to decide. */
  readonly overlapping: readonly StagedOverlap[];
  readonly changes: readonly FileChange[];
}

export interface StagedOverlap extends OverlappingFile {
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
  const commit = await commitSides(scratch, head, sides);
  await readStack(scratch, head, prefix);
  try {
    // 70 %: below that, git takes files that merely look alike for renames. Directories are never moved after ours.
    const merging = ['-c', 'merge.directoryRenames=false', 'cherry-pick', '--no-commit'];
    await git(...merging, '--rerere-autoupdate', '-X', 'find-renames=70%', commit);
    return { overlapping: [], changes: [] };
  } catch (error) {
    // With code 1 git has merged, but not everything; a resolution that it remembers (rerere) may have settled the rest.
    if (!(error instanceof GitFailed) || error.code !== 1 || lacksRoom(error)) throw error;
    const stages = await readStages(scratch);
    return classify(scratch, head, sides, stages);
  }
}

/** Makes a commit of each side, the base being the parent of the new one, and returns the new one. */
async function commitSides(
  scratch: Scratch,
  head: Head,
  { base, new: generatedNow, texts }: Sides,
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
  await setEntries(scratch, [...under('base', base), ...under('new', generatedNow)]);
  const both = (await git('write-tree')).trim();
  const baseTree = base.size > 0 ? `${both}:base` : emptyTree(head.commit);
  const commit = async (...args: string[]): Promise<string> =>
    (await git(...ownIdentity, 'commit-tree', ...args)).trim();
  const parent = await commit(baseTree, '-m', 'Generated last time');
  return commit(`${both}:new`, '-p', parent, '-m', 'Generated now');
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
  { new: generatedNow }: Sides,
  stages: ReadonlyMap<string, Stages>,
): Promise<Merged> {
  const set: [string, Blob][] = [];
  const remove: string[] = [];
  const changes: FileChange[] = [];
  const overlapping: StagedOverlap[] = [];
  for (const [path, [base, stagedMine, stagedNew]] of stages) {
    const mine = toBlob(head.files.get(path) ?? stagedMine);
    const fresh = generatedNow.get(path) ?? toBlob(stagedNew);
    if (stagedMine && stagedNew && mine && fresh) {
      const content = (id: string): Promise<Buffer> => readBlob(scratch.directory, id);
      const [baseText, mineText, newText] = await Promise.all([
        base && content(base.id),
        content(mine.id),
        content(fresh.id),
      ]);
      const modeIsMine = base !== undefined && isExecutable(base) === fresh.executable;
      const executable = (modeIsMine ? mine : fresh).executable;
      const blobs = { base: base?.id, mine: mine.id, new: fresh.id };
      overlapping.push({ path, base: baseText, mine: mineText, new: newText, executable, blobs });
    } else if (stagedMine && mine) {
      set.push([path, mine]);
      changes.push({
        path,
        change: 'kept',
        note: base
          ? 'no longer generated; it has your edits'
          : 'you renamed it, and so did the new version',
      });
    } else if (stagedNew && fresh && !base) {
      set.push([path, fresh]);
    } else {
      remove.push(path);
      if (stagedNew)
        changes.push({
          path,
          change: 'stays-deleted',
          note: 'you deleted it; the new version of it was left out',
        });
    }
  }
  await setEntries(scratch, set, remove);
  return { overlapping, changes };
}

function toBlob(entry: Tracked | undefined): Blob | undefined {
  return entry && { id: entry.id, executable: isExecutable(entry) };
}
