import { rmSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StackError } from '../../errors.ts';
import { commit } from '../repository/commit.ts';
import { dirtyProblem, inspect, untrackedProblem } from '../repository/preflight.ts';
import {
  findRepository,
  type Head,
  type Repository,
  readHeadFound,
} from '../repository/repository.ts';
import { type Cleanup, withCleanup } from '../safety/cleanup.ts';
import { look, makeDirectory, replaceFile, says } from '../safety/disk.ts';
import { explainFailure } from '../safety/explain-failure.ts';
import { runLockName, takeRunLock } from '../safety/run-lock.ts';
import { keepIndex } from './create-stack.ts';
import { interruptedAt, recover } from './fast-forward.ts';

/** A file of the owner's, made for them on request and never again. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
  /** The message of its commit. */
  readonly message: string;
}

/**
 * Puts a file into a stack and, where the stack is in git, commits it alone.
 *
 * @returns whether anything had to be done
 * @throws StackError when something of the owner's would get lost; nothing was changed then
 */
export async function commitNewFile(
  directory: string,
  file: NewFile,
  options: { readonly git?: boolean } = {},
): Promise<{ written: boolean; commit?: string }> {
  try {
    return await withCleanup(async (cleanup) => {
      const stack = await realpath(directory);
      const repository = options.git === false ? undefined : await findRepository(stack);
      const head = repository && (await readHeadFound(repository));
      // A stack that was made without git is none of the repository's.
      if (!repository || head?.lock === undefined) return writePlain(stack, file, cleanup);
      return commitAlone(stack, repository, head, file, cleanup);
    });
  } catch (error) {
    throw explainFailure(error);
  }
}

function writePlain(stack: string, { path, text }: NewFile, cleanup: Cleanup) {
  const found = look(stack, path);
  if (found.kind === 'file' && says(found.content, text)) return { written: false };
  if (found.kind !== 'nothing') throw new StackError(untrackedProblem([path]));
  takeRunLock(join(stack, `.${runLockName}`), 'update', cleanup);
  const mark = cleanup.mark;
  const place = join(stack, path);
  makeDirectory(dirname(place), cleanup);
  replaceFile(place, text, false);
  cleanup.forget(mark);
  return { written: true };
}

async function commitAlone(
  stack: string,
  repository: Repository,
  head: Head,
  { path, text, message }: NewFile,
  cleanup: Cleanup,
) {
  const { git, prefix, gitDir, commonDir } = repository;
  takeRunLock(join(commonDir, runLockName), 'update', cleanup);
  if (interruptedAt(repository) !== undefined) await recover(repository);
  const { problems, dirty } = await inspect(repository, (one) => one === path);
  if (problems.length > 0) throw new StackError(problems);
  const found = look(stack, path);
  const isSame = found.kind === 'file' && says(found.content, text);
  const isTracked = head.files.has(path);
  if (isSame && isTracked && dirty.length === 0) return { written: false };
  if (dirty.length > 0 && !isSame) throw new StackError(dirtyProblem(dirty));
  if (found.kind !== 'nothing' && !isSame && !isTracked)
    throw new StackError(untrackedProblem([path]));
  const mark = cleanup.mark;
  keepIndex(gitDir, cleanup);
  const before = found.kind === 'file' ? found.content : undefined;
  const place = join(stack, path);
  makeDirectory(dirname(place), cleanup);
  cleanup.add(() => (before ? replaceFile(place, before, false) : rmSync(place, { force: true })));
  if (!isSame) replaceFile(place, text, false);
  await git('update-index', '--verbose', '--add', '--', prefix + path);
  const id = await commit(git, message, [prefix + path]);
  cleanup.forget(mark);
  return { written: true, commit: id };
}
