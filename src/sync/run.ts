import { join } from 'node:path';
import type { Repository } from './repository/repository.ts';
import { sweepScratches } from './repository/scratch.ts';
import type { Cleanup } from './safety/cleanup.ts';
import {
  refuseIfHeld,
  releaseRunLock,
  runLockName,
  type Task,
  takeRunLock,
} from './safety/run-lock.ts';
import type { Generation, SyncOptions } from './types.ts';

/** One run of the tool on one stack. */
export interface Run {
  readonly directory: string;
  readonly generation: Generation;
  readonly options: SyncOptions;
  readonly cleanup: Cleanup;
  /** The run locks of this run. */
  readonly held: Map<string, Task>;
}

/** Makes this the only run in the repository; answers as `hold` does. */
export function holdRepository(start: Run, repository: Repository, task: Task): boolean {
  const own = lockOf(start.directory);
  if (!start.held.has(own)) refuseIfHeld(own);
  const isNew = hold(start, join(repository.commonDir, runLockName), task);
  if (isNew) sweepScratches(repository);
  return isNew;
}

/**
 * Locks once for the whole run. A dry run changes nothing, so it needs no lock.
 *
 * @returns whether the lock is new: what was seen before, another run may have changed
 */
export function hold({ options, cleanup, held }: Run, file: string, task: Task): boolean {
  if (options.dryRun || held.get(file) === task) return false;
  if (held.has(file)) releaseRunLock(file);
  takeRunLock(file, task, cleanup);
  held.set(file, task);
  return true;
}

/** The run lock of a stack's directory. */
export const lockOf = (directory: string): string => join(directory, `.${runLockName}`);
