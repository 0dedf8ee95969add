import { existsSync, statSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { StackError } from '../errors.ts';
import { createStack } from './committed/create-stack.ts';
import { isInterrupted, recover } from './committed/fast-forward.ts';
import { removeUnborn, takeBack } from './committed/take-back.ts';
import { update } from './committed/update.ts';
import { lockName, parseLock, readLock, sameAsLock } from './lock/lock.ts';
import { refuseOlderTool } from './lock/older-tool.ts';
import { checkPaths, notADirectory } from './paths.ts';
import { syncPlain } from './plain/sync-plain.ts';
import { refuseTrackedSecrets } from './repository/preflight.ts';
import { findRepository, ignores, type Repository, readHead } from './repository/repository.ts';
import { sweepScratches } from './repository/scratch.ts';
import { hasGit } from './run-git.ts';
import { type Cleanup, withCleanup } from './safety/cleanup.ts';
import { explainFailure } from './safety/explain-failure.ts';
import {
  abandonedTask,
  refuseIfHeld,
  releaseRunLock,
  runLockName,
  type Task,
  takeRunLock,
} from './safety/run-lock.ts';
import type { Generated, SyncOptions, SyncReport } from './types.ts';

const unchanged: SyncReport = { outcome: 'unchanged', changes: [], overlaps: [], notes: [] };

interface Run {
  readonly directory: string;
  readonly generated: Generated;
  readonly options: SyncOptions;
  readonly cleanup: Cleanup;
  /** The run locks of this run. */
  readonly held: Map<string, Task>;
}

/**
 * Makes a directory hold what is generated now, with every edit of its owner kept: as one commit in a git repository, or as plain
 * files. Where both changed the same lines nothing is written until somebody decides.
 *
 * @example const { outcome, overlaps } = await sync('meet', generated, { secretPaths: ['.env'] })
 */
export async function sync(
  directory: string,
  generated: Generated,
  options: SyncOptions = {},
): Promise<SyncReport> {
  checkPaths(generated);
  const stat = statSync(directory, { throwIfNoEntry: false });
  if (stat && !stat.isDirectory()) throw notADirectory(directory);
  const path = stat ? await realpath(directory) : resolve(directory);
  try {
    return await withCleanup((cleanup) =>
      run({ directory: path, generated, options, cleanup, held: new Map() }),
    );
  } catch (error) {
    throw explainFailure(error);
  }
}

async function run(start: Run): Promise<SyncReport> {
  const { directory, generated, options } = start;
  await pickUpDirectory(start);
  const repository = options.git === false ? undefined : await findRepository(directory);
  if (repository) {
    const inGit = await runInRepository(start, repository);
    if (inGit) return inGit;
  } else if (options.git !== false && !existsSync(join(directory, lockName)) && (await hasGit())) {
    return first(start, undefined);
  }
  const lock = await readLock(directory);
  if (lock && sameAsLock(generated, lock)) return unchanged;
  refuseOlderTool(generated.tool, lock);
  hold(start, lockOf(directory), 'update');
  const report = await syncPlain({ ...start, lock });
  return options.git === false
    ? report
    : { ...report, notes: [...report.notes, await whyPlain(directory)] };
}

/** Undefined when the stack is none of the repository's: it was made without git. */
async function runInRepository(
  start: Run,
  repository: Repository,
): Promise<SyncReport | undefined> {
  const { directory, generated, options, cleanup } = start;
  const left = await pickUpRepository(start, repository);
  const head = await readHead(repository);
  if (left === 'create' && head === undefined) await takeBack(directory, repository);
  if (head?.lock === undefined) {
    if (existsSync(join(directory, lockName))) return undefined;
    if (await ignores(repository)) return first(start, undefined);
  }
  if (head === undefined) return first(start, repository);
  refuseTrackedSecrets(head, options.secretPaths ?? []);
  const lock = head.lock === undefined ? undefined : parseLock(head.lock);
  if (lock && sameAsLock(generated, lock)) return unchanged;
  refuseOlderTool(generated.tool, lock);
  holdRepository(start, repository, 'update');
  const message = options.message ?? messageFor(generated, lock !== undefined);
  return update({ repository, head, lock, generated, options, message, cleanup });
}

/** The first commit of a repository, which is made when there is none. */
async function first(start: Run, repository: Repository | undefined): Promise<SyncReport> {
  const { directory, generated, options, cleanup } = start;
  if (repository) holdRepository(start, repository, 'create');
  else hold(start, lockOf(directory), 'create-repository');
  const message = options.message ?? messageFor(generated, false);
  return createStack({ directory, repository, generated, options, message, cleanup });
}

/** Clears away what a killed run has left in the directory. */
async function pickUpDirectory(start: Run): Promise<void> {
  const { directory, options } = start;
  const left = options.dryRun ? undefined : abandonedTask(lockOf(directory));
  if (left === undefined) return;
  hold(start, lockOf(directory), left);
  if (left === 'create-repository' && removeUnborn(directory)) await takeBack(directory, undefined);
}

/** Clears away what a killed run has left in the repository, and says what that run was about. */
async function pickUpRepository(start: Run, repository: Repository): Promise<Task | undefined> {
  if (start.options.dryRun) return undefined;
  const left = abandonedTask(join(repository.commonDir, runLockName));
  if (left !== undefined || isInterrupted(repository)) {
    holdRepository(start, repository, left ?? 'update');
    if (isInterrupted(repository)) await recover(repository);
  }
  return left;
}

/** Makes this the only run in the repository. */
function holdRepository(start: Run, repository: Repository, task: Task): void {
  const own = lockOf(start.directory);
  if (!start.held.has(own)) refuseIfHeld(own);
  hold(start, join(repository.commonDir, runLockName), task);
  if (!start.options.dryRun) sweepScratches(repository);
}

/** Locks once for the whole run. A dry run changes nothing, so it needs no lock. */
function hold({ options, cleanup, held }: Run, file: string, task: Task): void {
  if (options.dryRun || held.get(file) === task) return;
  if (held.has(file)) releaseRunLock(file);
  takeRunLock(file, task, cleanup);
  held.set(file, task);
}

const lockOf = (directory: string): string => join(directory, `.${runLockName}`);

function messageFor({ release, tool }: Generated, isUpdate: boolean): string {
  return `${isUpdate ? 'Update' : 'Create'} Jitsi stack (${release}, create-jitsi-stack ${tool})`;
}

async function whyPlain(directory: string): Promise<string> {
  if (!(await hasGit())) {
    return 'Git is not installed, so plain files were written. With git, every update is a commit that you can look at and take back.';
  }
  const where = new StackError({
    where: directory,
    what: 'This stack is not committed to a git repository, so its files were updated in place.',
  });
  return `${where.message} To have updates as commits, run git init, git add . and git commit there.`;
}
