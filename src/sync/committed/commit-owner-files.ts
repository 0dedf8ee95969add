import { commit } from '../repository/commit.ts';
import { findRepository, readHeadFound } from '../repository/repository.ts';
import { withCleanup } from '../safety/cleanup.ts';
import { explainFailure } from '../safety/explain-failure.ts';

/**
 * Commits files of the owner's own that are in a stack already, and nothing else that may be staged.
 *
 * @param paths relative to the stack
 * @returns the commit; undefined when the stack is not in git, or all of it is committed already
 */
export async function commitOwnerFiles(
  directory: string,
  paths: readonly string[],
  message: string,
): Promise<string | undefined> {
  if (paths.length === 0) return undefined;
  const repository = await findRepository(directory);
  if (!repository || (await readHeadFound(repository))?.lock === undefined) return undefined;
  const { git, prefix } = repository;
  const names = paths.map((path) => prefix + path);
  try {
    return await withCleanup(async () => {
      await git('--literal-pathspecs', 'add', '--verbose', '--', ...names);
      const status = await git(
        '--literal-pathspecs',
        'status',
        '--porcelain',
        '-b',
        '--',
        ...names,
      );
      // The branch is the first line.
      if (status.trim().split('\n').length < 2) return undefined;
      return commit(git, message, names);
    });
  } catch (error) {
    throw explainFailure(error);
  }
}
