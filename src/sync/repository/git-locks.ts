import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from './repository.ts';

/** The lock files that git takes for a commit or a fast-forward and that are there now: somebody is at work, or was killed. */
export function heldLocks({
  gitDir,
  commonDir,
}: Pick<Repository, 'gitDir' | 'commonDir'>): string[] {
  const head = readFileSync(join(gitDir, 'HEAD'), 'utf8');
  const [, branch] = /^ref: (.+)/.exec(head) ?? [];
  const files = [
    join(gitDir, 'index.lock'),
    join(gitDir, 'HEAD.lock'),
    join(gitDir, 'ORIG_HEAD.lock'),
    ...(branch === undefined ? [] : [join(commonDir, `${branch}.lock`)]),
  ];
  return files.filter((file) => existsSync(file));
}

/**
 * Removes what the git of a killed run has left behind. An older lock is not that run's, and one that was taken just now
 * belongs to a git that is at work.
 *
 * @param began when the killed run began, in milliseconds
 */
export function removeStaleLocks(repository: Repository, began: number): void {
  for (const file of heldLocks(repository)) {
    const taken = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (taken !== undefined && taken >= began && Date.now() - taken > 2000)
      rmSync(file, { force: true });
  }
}
