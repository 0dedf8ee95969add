import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { StackError } from '../../errors.ts';
import { lockName } from '../lock/lock.ts';
import { entries, type Git, GitFailed, GitMissing, gitIn, unless } from '../run-git.ts';
import { inertGit } from './inert.ts';

/** The repository around a stack. Git always runs at its top, where paths in listings are the real ones. */
export interface Repository {
  readonly git: Git;
  readonly top: string;
  /** Where the stack is in it: '' or `infra/jitsi/`. */
  readonly prefix: string;
  /** Of this working tree: HEAD, the index, an operation in progress. */
  readonly gitDir: string;
  /** Shared by all working trees of the repository. */
  readonly commonDir: string;
  /** The last commit when the repository was looked for; undefined on a branch without commits. */
  readonly commit: string | undefined;
}

export interface Tracked {
  readonly mode: string;
  readonly id: string;
}

/** The stack as its last commit has it, with paths relative to the stack. */
export interface Head {
  readonly commit: string;
  readonly files: ReadonlyMap<string, Tracked>;
  readonly lock: string | undefined;
}

/**
 * The repository that a directory (which need not exist yet) is in; undefined when there is none.
 *
 * @param how `look` runs no program that the repository names
 */
export async function findRepository(
  directory: string,
  how: 'look' | 'work' = 'work',
): Promise<Repository | undefined> {
  let existing = resolve(directory);
  const missing: string[] = [];
  while (!existsSync(existing)) {
    missing.unshift(basename(existing));
    existing = dirname(existing);
  }
  existing = await realpath(existing);
  if (!parents(existing).some((parent) => existsSync(join(parent, '.git')))) return undefined;
  try {
    const answer = await gitIn(existing)(
      'rev-parse',
      '--show-toplevel',
      '--absolute-git-dir',
      '--git-common-dir',
      '--show-prefix',
      // Asked along, as to start git once more takes longer than its answer; not its object, which git might go and fetch.
      '--revs-only',
      'HEAD',
    );
    const [top = '', gitDir = '', common = '', inside = '', commit = ''] = answer.split('\n');
    const below = missing.map((part) => `${part}/`).join('');
    const repository = {
      git: how === 'look' ? await inertGit(top) : gitIn(top),
      top,
      prefix: `${inside}${below}`,
      gitDir,
      commonDir: resolve(existing, common),
      commit: commit === '' ? undefined : commit,
    };
    return repository;
  } catch (error) {
    if (error instanceof GitMissing) return undefined;
    if (!(error instanceof GitFailed)) throw error;
    throw new StackError(
      {
        where: existing,
        what: 'Git cannot use the repository that this directory is in.',
        why: `It says: ${error.message}`,
        fix: 'Follow its advice, or write plain files with --no-git.',
      },
      { cause: error },
    );
  }
}

/** What is committed of the stack by now; undefined on a branch without commits. */
export async function readHead(repository: Repository): Promise<Head | undefined> {
  const { git } = repository;
  const commit = await unless(1, git('rev-parse', '--quiet', '--verify', 'HEAD^{commit}'));
  return readHeadFound({ ...repository, commit: commit?.trim() });
}

/** The same where nothing can have moved it since the repository was looked for. */
export async function readHeadFound(repository: Repository): Promise<Head | undefined> {
  const { git, top, prefix, commit } = repository;
  if (commit === undefined) return undefined;
  const listed = await git('ls-tree', '-r', '-z', '--full-tree', commit, '--', prefix || '.');
  const files = new Map(
    entries(listed).map((entry): [string, Tracked] => {
      const tab = entry.indexOf('\t');
      const [mode = '', , id = ''] = entry.slice(0, tab).split(' ');
      return [entry.slice(tab + 1 + prefix.length), { mode, id }];
    }),
  );
  const id = files.get(lockName)?.id;
  if (id === undefined) return { commit, files, lock: undefined };
  const there = await readFile(join(top, prefix, lockName)).catch(() => undefined);
  const isSame = there !== undefined && blobId(there, id.length) === id;
  const lock = isSame ? there.toString() : await git('cat-file', 'blob', id);
  return { commit, files, lock };
}

/** The name that git gives to a file's content, in SHA-1 or SHA-256, as the length of its names says. */
function blobId(content: Buffer, length: number): string {
  const hash = createHash(length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${content.length}\0`).update(content).digest('hex');
}

/** Whether the repository ignores the directory as a whole, as one for dotfiles does: a stack in it is not its business. */
export async function ignores({ git, prefix }: Repository): Promise<boolean> {
  if (prefix === '') return false;
  return (await unless(1, git('check-ignore', '-q', '--', prefix.slice(0, -1)))) !== undefined;
}

function parents(directory: string): string[] {
  const above = dirname(directory);
  return above === directory ? [directory] : [directory, ...parents(above)];
}
