import { exitCode, type Problem, StackError } from '../../errors.ts';
import { type Lock, lockName } from '../lock/lock.ts';
import { commit } from '../repository/commit.ts';
import { dirtyProblem, inspect, missingProblem } from '../repository/preflight.ts';
import { type Head, type Repository, readHead } from '../repository/repository.ts';
import type { Cleanup } from '../safety/cleanup.ts';
import type { Generated, SyncOptions } from '../types.ts';

/** The subject of the commit with the owner's edits. */
const keeping = 'Keep edits made by hand';

/** What an update starts from. */
export interface Update {
  readonly repository: Repository;
  readonly head: Head;
  readonly lock: Lock | undefined;
  readonly generated: Generated;
  readonly options: SyncOptions;
  readonly message: string;
  readonly cleanup: Cleanup;
}

/** Refuses what would get lost or mixed up, or (with the owner's leave) commits it first. */
export async function makeReady({ repository, head, lock, generated, options }: Update): Promise<{
  notes: string[];
  dirty: readonly string[];
  head: Head;
  /** The owner's edits that were committed now. */
  kept: readonly string[];
}> {
  const { commitDirty, dryRun, sources = [] } = options;
  const paths = new Set([
    ...generated.files.map(({ path }) => path),
    ...(lock?.files.keys() ?? []),
    ...sources.map(({ path }) => path),
    lockName,
  ]);
  const tree = await inspect(repository, (path) => paths.has(path));
  const dirty = tree.dirty.filter((path) => !options.inputs?.includes(path));
  const missing = sources.map(({ path }) => path).filter((path) => !head.files.has(path));
  const problems: Problem[] = [...tree.problems];
  if (missing.length > 0) problems.push(missingProblem(missing));
  if (dirty.length > 0 && problems.length === 0 && !dryRun && !dirty.includes(lockName)) {
    const agreed = typeof commitDirty === 'function' ? await commitDirty(dirty) : commitDirty;
    if (agreed) {
      await commit(
        repository.git,
        keeping,
        dirty.map((path) => repository.prefix + path),
      );
      return {
        notes: [`${keptText(dirty)}.`],
        dirty: tree.dirty,
        head: (await readHead(repository)) ?? head,
        kept: dirty,
      };
    }
  }
  if (dirty.length > 0) problems.push(dirtyProblem(dirty));
  if (problems.length > 0 && !dryRun) throw new StackError(problems);
  return {
    notes: problems.map((problem) => new StackError(problem).message),
    dirty: tree.dirty,
    head,
    kept: [],
  };
}

/** What is said to whoever ends a run after their edits were committed: it did not leave everything as it was. */
export function endedAfterKeeping(kept: readonly string[]): StackError {
  return new StackError(
    { what: `Cancelled. ${keptText(kept)}; nothing else was changed.` },
    { exitCode: exitCode.cancelled },
  );
}

function keptText(paths: readonly string[]): string {
  return `Your own edits of ${paths.join(', ')} are committed (“${keeping}”)`;
}
