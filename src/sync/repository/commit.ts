import { StackError } from '../../errors.ts';
import { type Git, GitFailed, lacksRoom, ownIdentity } from '../run-git.ts';

/**
 * Commits by the owner's own rules: their identity, signature, `prepare-commit-msg` and `post-commit` hooks. As for a cherry-pick,
 * `pre-commit` and `commit-msg` do not run: they check what somebody has typed.
 */
export async function commit(
  git: Git,
  message: string,
  paths: readonly string[] = [],
): Promise<string> {
  const make = ['commit', '--no-verify', '-m', message];
  if (paths.length > 0) make.push('--', ...paths);
  await withIdentity(git, (...identity) => git('--literal-pathspecs', ...identity, ...make));
  return (await git('rev-parse', 'HEAD')).trim();
}

/** Runs a command that needs to know who commits, under this tool's name if git does not know the owner's. */
export async function withIdentity<T>(
  git: Git,
  run: (...identity: string[]) => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error;
    const isKnown = await git('var', 'GIT_COMMITTER_IDENT').then(
      () => true,
      () => false,
    );
    if (!isKnown) return await run(...ownIdentity).catch(explainCommit);
    return explainCommit(error);
  }
}

function explainCommit(error: unknown): never {
  if (!(error instanceof GitFailed) || lacksRoom(error)) throw error;
  throw new StackError(
    {
      what: 'Git did not make the commit.',
      why: `It says: ${error.message}`,
      fix: 'Nothing was changed. Put that right (a signature? a hook?) and run this again, or write plain files with --no-git.',
    },
    { cause: error },
  );
}
