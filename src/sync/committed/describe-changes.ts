import { lockName } from '../lock/lock.ts';
import type { Head } from '../repository/repository.ts';
import type { Scratch } from '../repository/scratch.ts';
import { entries } from '../run-git.ts';
import type { FileChange } from '../types.ts';
import type { Sides } from './merge-sides.ts';

/** A path that differs between the owner's last commit and the scratch index. */
export interface ChangedPath {
  readonly path: string;
  /** Its new content; undefined when it is removed. */
  readonly id: string | undefined;
}

/** Lists what the scratch index, filled with the stack alone, changes. */
export async function compareIndex({ git }: Scratch, tree: string): Promise<ChangedPath[]> {
  const raw = entries(
    await git('diff-index', '--cached', '--raw', '--no-renames', '--no-abbrev', '-z', tree),
  );
  const result: ChangedPath[] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const [, , , id, status] = (raw[index] ?? '').split(' ');
    result.push({ path: raw[index + 1] ?? '', id: status === 'D' ? undefined : id });
  }
  return result;
}

/** The same as a unified diff, without the lock. */
export async function diffIndex({ git }: Scratch, tree: string): Promise<string> {
  const how = ['--cached', '--no-color', '--no-ext-diff', '--no-textconv', '--find-renames'];
  return git('diff', ...how, tree, '--', '.', `:(exclude)${lockName}`);
}

/** Says per file what the update does to it. */
export function describeChanges(
  result: readonly ChangedPath[],
  head: Head,
  { base, new: generatedNow }: Sides,
  decided: readonly FileChange[],
): FileChange[] {
  const changes = new Map<string, FileChange>();
  for (const { path, id } of result) {
    if (path === lockName) continue;
    const mine = head.files.get(path)?.id;
    const isMerged =
      id !== undefined &&
      (mine === undefined ? generatedNow.get(path)?.id !== id : base.get(path)?.id !== mine);
    const change =
      id === undefined ? 'removed' : isMerged ? 'merged' : mine === undefined ? 'added' : 'changed';
    changes.set(path, { path, change });
  }
  for (const change of decided) {
    const before = changes.get(change.path);
    // A file with both new lines and kept ones is merged; the note says which were kept.
    changes.set(
      change.path,
      before && change.note !== undefined ? { ...before, note: change.note } : change,
    );
  }
  return [...changes.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
