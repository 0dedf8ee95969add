import { withIdentity } from '../repository/commit.ts';
import type { Head, Repository } from '../repository/repository.ts';
import type { Scratch } from '../repository/scratch.ts';
import { graft, readStack } from './scratch-index.ts';

/** Makes git's own conflict of what is open: everything decided is in the new side already, so nothing else can overlap. */
export async function leaveMarkers(
  { git, prefix }: Repository,
  scratch: Scratch,
  head: Head,
  open: { readonly base: () => Promise<void>; readonly new: () => Promise<void> },
  message: string,
): Promise<void> {
  const treeOf = async (fill: () => Promise<void>): Promise<string> => {
    await fill();
    await graft(scratch, head, prefix);
    return (await scratch.git('write-tree')).trim();
  };
  const newTree = await treeOf(open.new);
  await readStack(scratch, head, prefix);
  const baseTree = await treeOf(open.base);
  const parent = await withIdentity(git, (...id) =>
    git(...id, 'commit-tree', baseTree, '-m', message),
  );
  const commit = await withIdentity(git, (...id) =>
    git(...id, 'commit-tree', newTree, '-p', parent.trim(), '-m', message),
  );
  try {
    await withIdentity(git, (...id) =>
      git(
        ...id,
        '-c',
        'merge.directoryRenames=false',
        'cherry-pick',
        '-X',
        'find-renames=70%',
        commit.trim(),
      ),
    );
  } catch (error) {
    const picking = await git('rev-parse', '--quiet', '--verify', 'CHERRY_PICK_HEAD').catch(
      () => '',
    );
    if (picking.trim() !== commit.trim()) throw error;
  }
}
