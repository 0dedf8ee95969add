import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Head } from '../repository/repository.ts';
import type { Scratch } from '../repository/scratch.ts';
import type { Blob } from './merge-sides.ts';

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

/** Turns the scratch index from the stack alone into the whole repository with that stack in it. */
export async function graft({ git }: Scratch, head: Head, prefix: string): Promise<void> {
  if (prefix === '') return;
  const stack = (await git('write-tree')).trim();
  await git('read-tree', head.commit);
  await git(
    '--literal-pathspecs',
    'rm',
    '-r',
    '-f',
    '-q',
    '--cached',
    '--ignore-unmatch',
    '--',
    prefix,
  );
  await git('read-tree', `--prefix=${prefix}`, stack);
}

/** Git knows this object without storing it; which it is follows from the repository's hash. */
export function emptyTree(commit: string): string {
  return commit.length === 40
    ? '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
    : '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321';
}
