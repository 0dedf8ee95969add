import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Problem, StackError } from '../../errors.ts';
import { type Lock, lockName } from '../lock/lock.ts';
import { entries, type Git, GitFailed, unless } from '../run-git.ts';
import { heldLocks } from './git-locks.ts';
import type { Head, Repository } from './repository.ts';

/** What git leaves in its directory while it waits for the owner to finish something. */
const operations = [
  ['MERGE_HEAD', 'merge', 'git merge --abort'],
  ['CHERRY_PICK_HEAD', 'cherry-pick', 'git cherry-pick --abort'],
  ['REVERT_HEAD', 'revert', 'git revert --abort'],
  ['rebase-merge', 'rebase', 'git rebase --abort'],
  ['rebase-apply', 'rebase', 'git rebase --abort'],
] as const;

/** What in the working tree stands in the way of an update. */
export interface WorkingTree {
  readonly problems: readonly Problem[];
  /** Generated files with uncommitted edits. */
  readonly dirty: readonly string[];
}

/** Looks at the working tree, touching nothing (not even the index's cache). */
export async function inspect(
  { git, gitDir, commonDir, prefix }: Repository,
  isGenerated: (path: string) => boolean,
): Promise<WorkingTree> {
  const waiting = operations.find(([name]) => existsSync(join(gitDir, name)));
  if (waiting) {
    const [, name, abort] = waiting;
    const problem = {
      what: `A ${name} is in progress in this repository.`,
      fix: `Finish it, or leave it with ${abort}, and run this again.`,
    };
    return { problems: [problem], dirty: [] };
  }
  const [held] = heldLocks({ gitDir, commonDir });
  if (held !== undefined) {
    const problem = {
      where: held,
      what: 'Another git command is at work in this repository.',
      fix: 'Wait until it has ended, and run this again. If none is running, it was killed: delete this file.',
    };
    return { problems: [problem], dirty: [] };
  }
  const status = await git(
    '--no-optional-locks',
    '--literal-pathspecs',
    'status',
    '--porcelain',
    '--branch',
    '-z',
    '--untracked-files=no',
    '--no-renames',
    '--',
    prefix || '.',
  );
  const states = entries(status)
    .slice(1)
    .map((entry) => ({
      staged: entry[0] !== ' ',
      // A file that is only announced (`git add -N`) is in no commit yet, as one that git does not know.
      edited: entry[1] !== ' ' && entry[1] !== 'A',
      path: entry.slice(3 + prefix.length),
    }));
  const staged = states.filter((state) => state.staged).map(({ path }) => path);
  const dirty = states.filter(({ edited, path }) => edited && isGenerated(path));
  return {
    problems: staged.length === 0 ? [] : [stagedProblem(staged)],
    dirty: dirty.map(({ path }) => path),
  };
}

function stagedProblem(paths: readonly string[]): Problem {
  return {
    where: paths.join(', '),
    what: 'There are staged changes.',
    why: 'An update is a commit of its own, and yours should not end up in it.',
    fix: 'Commit them (git commit) or unstage them (git restore --staged .), and run this again.',
  };
}

/** Uncommitted edits of generated files. */
export function dirtyProblem(paths: readonly string[]): Problem {
  return {
    where: paths.join(', '),
    what: 'Generated files have changes that are not committed.',
    why: 'The update merges with what is committed, so that you can always go back.',
    fix: paths.includes(lockName)
      ? `Put the lock back (git checkout -- ${lockName}), commit the others, and run this again.`
      : 'Commit them (git commit -a) and run this again; in a terminal it offers to.',
  };
}

/** What the update is computed from, but no commit has. */
export function missingProblem(paths: readonly string[]): Problem {
  const list = paths.join(' ');
  return {
    where: paths.join(', '),
    what: 'This update is made by it, and it is not committed in this stack.',
    why: 'Another machine would make something else of the same answers.',
    fix: `Put it there and commit it (git add ${list}, git commit), and run this again.`,
  };
}

/** Files of the owner, unknown to git, where a file would be generated. */
export function untrackedProblem(paths: readonly string[]): Problem {
  return {
    where: paths.join(', '),
    what: 'Files that git does not track are in the place of generated ones.',
    why: 'They would be lost without a trace.',
    fix: 'Commit them to have them merged (git add, git commit), or move them away, and run this again.',
  };
}

/** Refuses secrets that are committed: they are in the history of every clone. */
export function refuseTrackedSecrets({ files }: Head, secrets: readonly string[]): void {
  const tracked = [...files.keys()].filter((path) => covers(secrets, path));
  if (tracked.length === 0) return;
  throw new StackError({
    where: tracked.join(', '),
    what: 'Secrets are tracked by git.',
    why: 'Whoever can read the repository, now or later, has them.',
    fix: `Run git rm --cached -- ${tracked.join(' ')} and commit, then replace the secrets: they remain in the history.`,
  });
}

/** Refuses a lock that calls secrets generated: an update takes away what is generated no more. */
export function refuseLockedSecrets(lock: Lock | undefined, secrets: readonly string[]): void {
  const locked = [...(lock?.files.keys() ?? [])].filter((path) => covers(secrets, path));
  if (locked.length === 0) return;
  throw new StackError({
    where: lockName,
    what: `It names ${locked.join(', ')}, which no version of create-jitsi-stack has generated.`,
    why: 'Somebody else wrote it: an update by it would take your secrets away.',
    fix: `Bring back the last good one: git log --oneline -- ${lockName}`,
  });
}

/** Sentences about secrets that the next `git add .` would commit. */
export async function exposedSecrets(
  { git, prefix }: Repository,
  secrets: readonly string[],
): Promise<string[]> {
  const paths = secrets.map((secret) => prefix + secret);
  // Nearly always all of them are, which one question tells.
  const ignored = await ignoredOf(git, ...paths);
  if (ignored === 'all') return [];
  const answers = await Promise.all(paths.map((path) => ignoredOf(git, path)));
  return secrets
    .filter((_, index) => answers[index] === 'some')
    .map(
      (path) => `${path} is not ignored by git: add it to .gitignore before you commit anything.`,
    );
}

/** Whether git ignores all of these paths, or at most some. */
async function ignoredOf(git: Git, ...paths: string[]): Promise<'all' | 'some'> {
  try {
    const lines = await unless(1, git('check-ignore', '--no-index', '--', ...paths));
    return lines?.trimEnd().split('\n').length === paths.length ? 'all' : 'some';
  } catch (error) {
    // Behind a link git neither ignores nor adds anything.
    if (error instanceof GitFailed && error.code === 128)
      return paths.length === 1 ? 'all' : 'some';
    throw error;
  }
}

function covers(secrets: readonly string[], path: string): boolean {
  return secrets.some((secret) =>
    secret.endsWith('/') ? path.startsWith(secret) : path === secret,
  );
}
