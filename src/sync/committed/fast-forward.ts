import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StackError } from '../../errors.ts';
import { removeStaleLocks } from '../repository/git-locks.ts';
import type { Repository } from '../repository/repository.ts';
import { entries, GitFailed, lacksRoom, readBlob } from '../run-git.ts';
import { Cleanup } from '../safety/cleanup.ts';
import { look, makeDirectory, replaceFile, setExecutable } from '../safety/disk.ts';

/** Written before the working tree is moved and removed after it, so that a power cut in between can be put right. */
interface Journal {
  readonly from: string;
  readonly to: string;
  /** Files that held their new content, or the owner's input to it, before the move. */
  readonly inPlace: readonly string[];
}

/** A file that is in place already and only has to be made known to git. Its path starts at the repository's top. */
export interface FileInPlace {
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
}

const journalOf = ({ gitDir }: Repository): string => join(gitDir, 'jitsi-stack.pending');

/** When a run that was killed began to move the working tree, in milliseconds; undefined when none was. */
export function interruptedAt(repository: Repository): number | undefined {
  return statSync(journalOf(repository), { throwIfNoEntry: false })?.mtimeMs;
}

/** Moves the owner's branch and working tree to a commit. Git checks for itself that no untracked or edited file is in the way. */
export async function fastForward(
  repository: Repository,
  from: string,
  to: string,
  inPlace: readonly FileInPlace[],
): Promise<void> {
  const { git, top } = repository;
  const journal: Journal = { from, to, inPlace: inPlace.map(({ path }) => path) };
  replaceFile(journalOf(repository), JSON.stringify(journal), false);
  try {
    for (const { path, text, executable } of inPlace) {
      const file = join(top, path);
      if (readFileSync(file, 'utf8') !== text) replaceFile(file, text, executable);
      setExecutable(file, executable);
    }
    if (inPlace.length > 0) {
      await git(
        '-c',
        'core.safecrlf=false',
        'update-index',
        '--verbose',
        '--add',
        '--',
        ...journal.inPlace,
      );
    }
    const merge = ['-c', 'merge.autostash=false', 'merge', '--ff-only', '--no-stat'];
    await git(...merge, '--no-overwrite-ignore', '--no-verify-signatures', to);
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error;
    // If this fails too, the journal stays, and the next run repeats it.
    await recover(repository).catch(() => undefined);
    throw new StackError(
      {
        what: 'Git could not move the working tree to the new commit.',
        why: `It says: ${error.message}`,
        fix: lacksRoom(error)
          ? 'Make room on the disk (df -h) and run this again.'
          : 'Nothing was changed. Put that right and run this again.',
      },
      { cause: error },
    );
  }
  rmSync(journalOf(repository));
}

/** Puts a half-moved working tree back to its commit, unless somebody has edited it since. */
export async function recover(repository: Repository): Promise<void> {
  const began = interruptedAt(repository);
  if (began !== undefined) removeStaleLocks(repository, began);
  const journal = readJournal(repository);
  const head = (await repository.git('rev-parse', 'HEAD')).trim();
  if (journal && head === journal.from) await moveBack(repository, journal);
  rmSync(journalOf(repository), { force: true });
}

async function moveBack(repository: Repository, { from, to, inPlace }: Journal): Promise<void> {
  const { git, top } = repository;
  const raw = entries(await git('diff-tree', '-r', '-z', '--raw', '--no-renames', from, to));
  const files = raw.flatMap((entry, index) => {
    const path = raw[index + 1];
    if (!entry.startsWith(':') || index % 2 === 1 || path === undefined) return [];
    const [, , before = '', after = ''] = entry.split(' ');
    return [{ path, before, after }];
  });
  const isNew = (id: string): boolean => /^0+$/.test(id);
  const moved = files.filter(({ path }) => !inPlace.includes(path));
  for (const file of moved) if (!(await isOurs(repository, file))) return;

  const paths = files.map(({ path }) => path);
  if (paths.length > 0) await git('--literal-pathspecs', 'reset', '--quiet', from, '--', ...paths);
  const known = moved.filter(({ before }) => !isNew(before)).map(({ path }) => path);
  for (const path of known) makeDirectory(join(top, path, '..'), new Cleanup());
  if (known.length > 0) await git('checkout-index', '--force', '--', ...known);
  for (const { path, before } of moved) if (isNew(before)) rmSync(join(top, path), { force: true });
}

/** Whether a file is as one of the two commits has it, or as far as git came in writing it. */
async function isOurs(
  { git, top }: Repository,
  { path, before, after }: { path: string; before: string; after: string },
): Promise<boolean> {
  const found = look(top, path);
  if (found.kind === 'nothing') return true;
  if (found.kind === 'other') return false;
  const id = (await git('hash-object', '--', path)).trim();
  if (id === before || id === after) return true;
  if (/^0+$/.test(after)) return false;
  const written = found.content.toString('latin1').replaceAll('\r\n', '\n');
  return (await readBlob(top, after)).toString('latin1').startsWith(written);
}

function readJournal(repository: Repository): Journal | undefined {
  try {
    return JSON.parse(readFileSync(journalOf(repository), 'utf8')) as Journal;
  } catch {
    return undefined;
  }
}
