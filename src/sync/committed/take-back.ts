import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../sha256.ts';
import { lockName, readLock } from '../lock/lock.ts';
import { heldLocks } from '../repository/git-locks.ts';
import type { Repository } from '../repository/repository.ts';
import { look, removeFile, says } from '../safety/disk.ts';

/**
 * Takes back a first generation that was killed before its commit. It had written the lock first, so everything that is as the lock
 * says came from it; the rest is the owner's.
 *
 * @param inputs what may have been the owner's before: it stays, and is read again
 */
export async function takeBack(
  directory: string,
  repository: Repository | undefined,
  inputs: readonly string[] = [],
): Promise<void> {
  if (repository) {
    // The index was empty when that run began, or it would have refused.
    for (const file of heldLocks(repository)) rmSync(file, { force: true });
    await repository.git('read-tree', '--empty');
  }
  const lock = await readLock(directory);
  for (const [path, { text, sha256: sum }] of lock?.files ?? []) {
    const found = look(directory, path);
    if (found.kind !== 'file' || inputs.includes(path)) continue;
    const isOurs = text === undefined ? sha256(found.content) === sum : says(found.content, text);
    if (isOurs) removeFile(directory, path);
  }
  rmSync(join(directory, lockName), { force: true });
}

/** Removes the repository that a killed first generation had begun to make. One with a commit in it was finished. */
export function removeUnborn(directory: string): boolean {
  const gitDir = join(directory, '.git');
  const heads = join(gitDir, 'refs', 'heads');
  if (existsSync(join(gitDir, 'packed-refs'))) return false;
  if (existsSync(heads) && readdirSync(heads).some((name) => !name.endsWith('.lock'))) return false;
  rmSync(gitDir, { recursive: true, force: true });
  return true;
}
