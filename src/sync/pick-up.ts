import { statSync } from 'node:fs';
import { join } from 'node:path';
import { interruptedAt, recover } from './committed/fast-forward.ts';
import { removeUnborn, takeBack } from './committed/take-back.ts';
import { afterwards, finish, readUnfinished } from './lock/unfinished.ts';
import { removeStaleLocks } from './repository/git-locks.ts';
import type { Repository } from './repository/repository.ts';
import { hold, holdRepository, lockOf, type Run } from './run.ts';
import { sweepTemporaries } from './safety/disk.ts';
import { abandonedTask, runLockName, type Task } from './safety/run-lock.ts';
import type { FileChange } from './types.ts';

/** Clears away what a killed run has left in the directory, and returns what was still to do of its update. */
export async function pickUpDirectory(start: Run): Promise<readonly FileChange[] | undefined> {
  const { directory, options, generation } = start;
  if (options.dryRun) return undefined;
  const left = abandonedTask(lockOf(directory));
  if (left === undefined && readUnfinished(directory) === undefined) return undefined;
  hold(start, lockOf(directory), left ?? 'update');
  if (left === 'create-repository' && removeUnborn(directory))
    await takeBack(directory, undefined, options.inputs);
  const unfinished = readUnfinished(directory);
  const changes = unfinished && afterwards(directory, unfinished).changes;
  if (unfinished) finish(directory, unfinished);
  sweepTemporaries(directory, (await generation.generate()).files);
  return changes;
}

/** Clears away what a killed run has left in the repository, and says what that run was about, where it says so itself. */
export async function pickUpRepository(
  start: Run,
  repository: Repository,
): Promise<Task | 'nothing' | undefined> {
  if (start.options.dryRun) return 'nothing';
  const runLock = join(repository.commonDir, runLockName);
  const left = abandonedTask(runLock);
  const moving = interruptedAt(repository);
  if (left === undefined && moving === undefined) return 'nothing';
  const began = statSync(runLock, { throwIfNoEntry: false })?.mtimeMs ?? moving ?? 0;
  holdRepository(start, repository, left ?? 'update');
  removeStaleLocks(repository, began);
  if (moving !== undefined) await recover(repository);
  sweepTemporaries(start.directory, (await start.generation.generate()).files);
  return left;
}
