import { tmpdir } from 'node:os';
import { GitError, type SimpleGit, type SimpleGitOptions, simpleGit } from 'simple-git';

/** Runs one git command and resolves with its standard output. */
export type Git = (...args: string[]) => Promise<string>;

/** Git ended with an error; `stderr` has its own words. (simple-git hands on only its own class of errors as they are.) */
export class GitFailed extends GitError {
  constructor(
    readonly code: number,
    readonly stdout: string,
    readonly stderr: string,
  ) {
    super(undefined, stderr.trim() || `git ended with code ${code}`);
    this.name = 'GitFailed';
  }
}

/** Whether git had no room for what it was to write. Of files that it checks out or merges it does not give the reason. */
export function lacksRoom({ message }: GitFailed): boolean {
  return /No space left on device|Out of diskspace|unable to write|failed to write new configuration file|unable to add .* to database/i.test(
    message,
  );
}

/** There is no git on this machine. */
export class GitMissing extends GitError {
  override readonly name = 'GitMissing';
}

/**
 * Variables that say who commits and which configuration counts. The rest of `GIT_*` is dropped: a run from inside a
 * hook would otherwise work on that hook's repository and index.
 */
const allowEnvironment = [
  'GIT_AUTHOR_NAME',
  'GIT_AUTHOR_EMAIL',
  'GIT_AUTHOR_DATE',
  'GIT_COMMITTER_NAME',
  'GIT_COMMITTER_EMAIL',
  'GIT_COMMITTER_DATE',
  'GIT_CONFIG_GLOBAL',
] as const;

/**
 * Git in a directory. After a command that printed nothing simple-git waits 50 ms for more, so commands are left as talkative as
 * they are. By default simple-git takes an exit code as failure only when stderr is not empty; here the code decides.
 */
export function gitIn(directory: string): Git {
  const git = open(directory);
  return (...args) => git.raw(...args);
}

/** The same with settings of this run's own, such as `core.hooksPath=/dev/null`, which stand above those of the repository. */
export function gitWith(directory: string, settings: readonly string[]): Git {
  const git = open(directory, {
    allowUnsafeHooksPath: true,
    allowUnsafeFsMonitor: true,
    allowUnsafeFilter: true,
    allowUnsafeMergeDriver: true,
  });
  const flags = settings.flatMap((setting) => ['-c', setting]);
  return (...args) => git.raw(...flags, ...args);
}

/** The exact bytes of a stored file; `raw` would decode them as UTF-8. */
export async function readBlob(directory: string, id: string): Promise<Buffer> {
  return (await open(directory).binaryCatFile(['blob', id])) as Buffer;
}

function open(directory: string, unsafe: SimpleGitOptions['unsafe'] = {}): SimpleGit {
  return simpleGit({
    baseDir: directory,
    unsafe,
    allowEnvironment: [...allowEnvironment],
    errors: (_error, { exitCode, stdOut, stdErr }) => {
      if (exitCode === 0) return undefined;
      const [out, err] = [stdOut, stdErr].map((chunks) => Buffer.concat(chunks).toString());
      if (exitCode < 0 && err?.includes('ENOENT'))
        return new GitMissing(undefined, 'git is not installed');
      return new GitFailed(exitCode, out ?? '', err ?? '');
    },
  });
}

/** Whether there is a git to run. */
export async function hasGit(): Promise<boolean> {
  try {
    await gitIn(tmpdir())('--version');
    return true;
  } catch (error) {
    if (error instanceof GitMissing) return false;
    throw error;
  }
}

/** Resolves with undefined when git answers with `code`: for questions whose "no" is an exit code. */
export async function unless<T>(code: number, answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof GitFailed && error.code === code) return undefined;
    throw error;
  }
}

/** The entries of a `-z` listing. */
export function entries(output: string): string[] {
  return output.split('\0').filter((entry) => entry !== '');
}

/** Identity for objects that nobody will see, and for owners who never told git their name. */
export const ownIdentity = [
  '-c',
  'user.name=create-jitsi-stack',
  '-c',
  'user.email=create-jitsi-stack@localhost',
];
