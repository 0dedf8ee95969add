import { join } from 'node:path';
import { commit } from '../repository/commit.ts';
import type { Head, Repository } from '../repository/repository.ts';
import type { Git } from '../run-git.ts';
import { look, says } from '../safety/disk.ts';
import type { ChangedPath } from './describe-changes.ts';
import type { FileInPlace } from './fast-forward.ts';
import type { Update } from './make-ready.ts';
import type { Sides } from './merge-sides.ts';

/** Finds new content that is on disk already, and files of the owner that are in its place. */
export function findInPlace(
  { repository, options, generated }: Update,
  head: Head,
  { new: generatedNow }: Sides,
  result: readonly ChangedPath[],
  dirty: readonly string[],
): { inPlace: FileInPlace[]; untracked: string[] } {
  const directory = join(repository.top, repository.prefix);
  const generatedFiles = new Map(generated.files.map((file) => [file.path, file]));
  const inPlace: FileInPlace[] = [];
  const untracked: string[] = [];
  for (const { path, id } of result) {
    const isInput =
      options.inputs?.includes(path) === true && (dirty.includes(path) || !head.files.has(path));
    if (id === undefined || (head.files.has(path) && !isInput)) continue;
    const found = look(directory, path);
    const file = generatedFiles.get(path);
    if (found.kind === 'nothing') continue;
    const isSame = found.kind === 'file' && file !== undefined && generatedNow.get(path)?.id === id;
    if (isSame && (isInput || says(found.content, file.text))) {
      const { text, remarked = text, executable } = file;
      inPlace.push({ path: repository.prefix + path, text: remarked, executable });
    } else untracked.push(path);
  }
  return { inPlace, untracked };
}

/** Before overlaps are left in the working tree, what is in place already becomes a commit of its own: `--abort` must not lose it. */
export async function commitInPlace(
  { git }: Repository,
  inPlace: readonly FileInPlace[],
): Promise<void> {
  const paths = inPlace.map(({ path }) => path);
  const lenient: Git = (...args) => git('-c', 'core.safecrlf=false', ...args);
  // Named, but not staged: whoever is killed between the two leaves nothing behind that looks like the owner's preparation.
  await lenient('--literal-pathspecs', 'add', '--intent-to-add', '--force', '--', ...paths);
  await commit(lenient, 'Keep files that were here before the update', paths);
}
