import { StackError } from '../errors.ts';
import { type Git, GitFailed, lacksRoom, ownIdentity } from './git.ts';
import { readStack } from './merge.ts';
import type { Head, Repository } from './repository.ts';
import type { Scratch } from './scratch.ts';

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

/** Turns the scratch index from the stack alone into the whole repository with that stack in it. */
export async function graft({ git }: Scratch, head: Head, prefix: string): Promise<void> {
  if (prefix === '') return;
  const stack = (await git('write-tree')).trim();
  await git('read-tree', head.commit);
  await git(
    '--literal-pathspecs',
    'rm',
    '-r',
    '-f',
    '-q',
    '--cached',
    '--ignore-unmatch',
    '--',
    prefix,
  );
  await git('read-tree', `--prefix=${prefix}`, stack);
}

/** Makes git's own conflict of what is open: everything decided is in the new side already, so nothing else can overlap. */
export async function leaveMarkers(
  { git, prefix }: Repository,
  scratch: Scratch,
  head: Head,
  open: { readonly base: () => Promise<void>; readonly next: () => Promise<void> },
  message: string,
): Promise<void> {
  const treeOf = async (fill: () => Promise<void>): Promise<string> => {
    await fill();
    await graft(scratch, head, prefix);
    return (await scratch.git('write-tree')).trim();
  };
  const nextTree = await treeOf(open.next);
  await readStack(scratch, head, prefix);
  const baseTree = await treeOf(open.base);
  const parent = await withIdentity(git, (...id) =>
    git(...id, 'commit-tree', baseTree, '-m', message),
  );
  const next = await withIdentity(git, (...id) =>
    git(...id, 'commit-tree', nextTree, '-p', parent.trim(), '-m', message),
  );
  try {
    await withIdentity(git, (...id) =>
      git(
        ...id,
        '-c',
        'merge.directoryRenames=false',
        'cherry-pick',
        '-X',
        'find-renames=70%',
        next.trim(),
      ),
    );
  } catch (error) {
    const picking = await git('rev-parse', '--quiet', '--verify', 'CHERRY_PICK_HEAD').catch(
      () => '',
    );
    if (picking.trim() !== next.trim()) throw error;
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
