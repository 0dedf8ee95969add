import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Git, gitIn } from '../run-git.ts';
import type { Cleanup } from '../safety/cleanup.ts';
import { runs } from '../safety/run-lock.ts';
import type { Repository } from './repository.ts';

/** A linked working tree without files, for merging and committing where no container looks. */
export interface Scratch {
  readonly git: Git;
  readonly directory: string;
  /** For temporary files beside the working tree's own. */
  readonly temporary: string;
}

const namePattern = /^jitsi-stack-(\d+)-[0-9a-f]+$/;

/** Opens a scratch working tree at a commit, inside git's own directory. It is gone when the run ends, however it ends. */
export async function openScratch(
  { git, commonDir }: Repository,
  commit: string,
  cleanup: Cleanup,
): Promise<Scratch> {
  const name = `jitsi-stack-${process.pid}-${randomBytes(4).toString('hex')}`;
  const directory = join(commonDir, name);
  cleanup.add(() => removeScratch(commonDir, name));
  await git('worktree', 'add', '--detach', '--no-checkout', directory, commit);
  const temporary = join(directory, '.jitsi-stack');
  mkdirSync(temporary);
  return { git: gitIn(directory), directory, temporary };
}

/** Removes what killed runs have left behind. The owner's own working trees are not touched, as `git worktree prune` might. */
export function sweepScratches({ commonDir }: Repository): void {
  for (const name of new Set([...list(commonDir), ...list(join(commonDir, 'worktrees'))])) {
    const pid = namePattern.exec(name)?.[1];
    if (pid !== undefined && !runs(Number(pid))) removeScratch(commonDir, name);
  }
  removeEmpty(join(commonDir, 'worktrees'));
}

function removeScratch(commonDir: string, name: string): void {
  const directory = join(commonDir, name);
  const worktrees = join(commonDir, 'worktrees');
  const link = join(directory, '.git');
  // Git may have registered it under another name.
  const target = existsSync(link)
    ? /^gitdir: (.*)/.exec(readFileSync(link, 'utf8'))?.[1]
    : undefined;
  const registered = target === undefined ? join(worktrees, name) : resolve(directory, target);
  rmSync(directory, { recursive: true, force: true });
  if (resolve(registered, '..') === resolve(worktrees))
    rmSync(registered, { recursive: true, force: true });
  removeEmpty(worktrees);
}

/** Git has this directory only while there are linked working trees. */
function removeEmpty(worktrees: string): void {
  if (list(worktrees).length === 0 && existsSync(worktrees)) rmdirSync(worktrees);
}

function list(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory) : [];
}
