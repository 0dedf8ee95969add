import { existsSync, statSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { takeBack } from './committed/take-back.ts';
import { isFromSame, type Lock, lockName, parseLock, readLock, sameAsLock } from './lock/lock.ts';
import { refuseOlderTool } from './lock/older-tool.ts';
import { afterwards, readUnfinished } from './lock/unfinished.ts';
import { refuseUnknownNames } from './overlap/unknown-names.ts';
import { checkPaths, notADirectory } from './paths.ts';
import { pickUpDirectory, pickUpRepository } from './pick-up.ts';
import { whyPlain } from './plain/why-plain.ts';
import { refuseLockedSecrets, refuseTrackedSecrets } from './repository/preflight.ts';
import {
  findRepository,
  ignores,
  type Repository,
  readHead,
  readHeadFound,
} from './repository/repository.ts';
import { hold, holdRepository, lockOf, type Run } from './run.ts';
import { hasGit } from './run-git.ts';
import { withCleanup } from './safety/cleanup.ts';
import { look } from './safety/disk.ts';
import { explainFailure } from './safety/explain-failure.ts';
import { refuseIfHeld } from './safety/run-lock.ts';
import type { Generation, Origin, SyncOptions, SyncReport } from './types.ts';

const unchanged: SyncReport = { outcome: 'unchanged', changes: [], overlaps: [], notes: [] };

/**
 * Makes a directory hold what is generated now, with every edit of its owner kept: as one commit in a git repository, or as plain
 * files. Where both changed the same lines nothing is written until somebody decides.
 *
 * @example const { outcome, overlaps } = await sync('meet', generation, { secretPaths: ['.env'] })
 */
export async function sync(
  directory: string,
  generation: Generation,
  options: SyncOptions = {},
): Promise<SyncReport> {
  const stat = statSync(directory, { throwIfNoEntry: false });
  if (stat && !stat.isDirectory()) throw notADirectory(directory);
  const path = stat ? await realpath(directory) : resolve(directory);
  try {
    return await withCleanup((cleanup) =>
      run({ directory: path, generation, options, cleanup, held: new Map() }),
    );
  } catch (error) {
    throw explainFailure(error);
  }
}

async function run(start: Run): Promise<SyncReport> {
  const { directory, options } = start;
  await refuseUnknownNames(directory, start.generation, options);
  const completed = await pickUpDirectory(start);
  const report = await runHere(start);
  const isUnfinished = options.dryRun && readUnfinished(directory) !== undefined;
  if (completed === undefined && !isUnfinished) return report;
  const note = isUnfinished
    ? 'An update was cut off here; the next run completes it first.'
    : 'An update that had been cut off was completed first.';
  const changes = [...(completed ?? []), ...report.changes];
  const outcome = report.outcome === 'unchanged' && changes.length > 0 ? 'updated' : report.outcome;
  return { ...report, outcome, changes, notes: [note, ...report.notes] };
}

async function runHere(start: Run): Promise<SyncReport> {
  const { directory, generation, options } = start;
  const repository = options.git === false ? undefined : await lookForRepository(start);
  if (repository) {
    const inGit = await runInRepository(start, repository);
    if (inGit) return inGit;
  } else if (options.git !== false && !existsSync(join(directory, lockName)) && (await hasGit())) {
    return first(start, undefined);
  }
  const there = await readPlace(directory);
  const { lock, changes } = there;
  refuseLockedSecrets(lock, options.secretPaths ?? []);
  const isSame = await isAsGenerated(lock, generation);
  if (isSame && changes.length === 0) return unchanged;
  if (isSame && options.dryRun) return { ...unchanged, outcome: 'preview', changes };
  refuseOlderTool(generation.tool, lock);
  if (hold(start, lockOf(directory), 'update')) return run(start);
  const generated = await generation.generate();
  const { syncPlain } = await import('./plain/sync-plain.ts');
  const plain = await syncPlain({ ...start, ...there, generated });
  const paths = new Set(plain.changes.map(({ path }) => path));
  const earlier = there.changes.filter(({ path }) => !paths.has(path));
  const report = { ...plain, changes: [...earlier, ...plain.changes] };
  return options.git === false
    ? report
    : { ...report, notes: [...report.notes, await whyPlain(directory)] };
}

/** The repository around the stack. One that git cannot use may be one that another run is just making. */
async function lookForRepository({ directory, options }: Run): Promise<Repository | undefined> {
  const find = () => findRepository(directory, options.dryRun ? 'look' : 'work');
  try {
    return await find();
  } catch {
    refuseIfHeld(lockOf(directory));
    return find();
  }
}

interface Place extends Omit<ReturnType<typeof afterwards>, 'lock'> {
  readonly lock: Lock | undefined;
}

/** What lies in a directory without commits: as it is, or as an update that was cut off leaves it once it is completed. */
async function readPlace(directory: string): Promise<Place> {
  const unfinished = readUnfinished(directory);
  if (unfinished) return afterwards(directory, unfinished);
  const lock = await readLock(directory);
  return { lock, look: (path) => look(directory, path), changes: [] };
}

/** Undefined when the stack is none of the repository's: it was made without git. */
async function runInRepository(
  start: Run,
  repository: Repository,
): Promise<SyncReport | undefined> {
  const { directory, generation, options, cleanup } = start;
  const left = await pickUpRepository(start, repository);
  const head = await (left === 'nothing' ? readHeadFound : readHead)(repository);
  if (left === 'create' && head === undefined)
    await takeBack(directory, repository, options.inputs);
  if (head?.lock === undefined) {
    if (existsSync(join(directory, lockName))) return undefined;
    if (await ignores(repository)) return first(start, undefined);
  }
  if (head === undefined) return first(start, repository);
  refuseTrackedSecrets(head, options.secretPaths ?? []);
  const lock = head.lock === undefined ? undefined : parseLock(head.lock);
  refuseLockedSecrets(lock, options.secretPaths ?? []);
  if (await isAsGenerated(lock, generation)) return unchanged;
  refuseOlderTool(generation.tool, lock);
  if (holdRepository(start, repository, 'update')) return runHere(start);
  const message = options.message ?? messageFor(generation, lock !== undefined, options.reason);
  const generated = await generation.generate();
  const { update } = await import('./committed/update.ts');
  return update({ repository, head, lock, generated, options, message, cleanup });
}

/** Whether there is nothing to do. What is about to be written is looked at first. */
async function isAsGenerated(lock: Lock | undefined, generation: Generation): Promise<boolean> {
  if (lock && isFromSame(generation, lock)) return true;
  const generated = await generation.generate();
  if (lock && sameAsLock(generated.files, lock)) return true;
  checkPaths(generated);
  return false;
}

/** The first commit of a repository, which is made when there is none. */
async function first(start: Run, repository: Repository | undefined): Promise<SyncReport> {
  const { directory, generation, options, cleanup } = start;
  const generated = await generation.generate();
  checkPaths(generated);
  const isNew = repository
    ? holdRepository(start, repository, 'create')
    : hold(start, lockOf(directory), 'create-repository');
  // Another run may have made it. To look for that alone spares a creation three calls of git.
  if (isNew && existsSync(join(directory, lockName))) return runHere(start);
  const { createStack } = await import('./committed/create-stack.ts');
  const message = options.message ?? messageFor(generated, false);
  return createStack({ directory, repository, generated, options, message, cleanup });
}

function messageFor({ release, tool }: Origin, isUpdate: boolean, reason?: string): string {
  const subject = `${isUpdate ? 'Update' : 'Create'} Jitsi stack (${release}, create-jitsi-stack ${tool})`;
  return isUpdate && reason !== undefined ? `${subject}\n\n${reason}` : subject;
}
