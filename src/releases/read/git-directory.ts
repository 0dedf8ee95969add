import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** More than any file of git's own bookkeeping that is read here has. */
const most = 16 * 1024 * 1024;

/**
 * A git directory with the names of somebody's clone and nothing else of it: no configuration, hooks or attributes, which could
 * have git run a program. Where the objects are is for GIT_ALTERNATE_OBJECT_DIRECTORIES to say.
 *
 * @returns the directory, to be removed, and the clone's objects
 * @throws Error in words when there is no clone
 */
export function cleanGitDirectory(clone: string): { directory: string; objects: string } {
  const own = gitDirectory(clone);
  const shared = resolve(own, text(join(own, 'commondir'))?.trim() ?? '.');
  const head = text(join(own, 'HEAD'))?.trim();
  const objects = join(shared, 'objects');
  if (!head || !lstatSync(objects, { throwIfNoEntry: false })?.isDirectory())
    throw new Error('not a git repository');
  const directory = mkdtempSync(join(tmpdir(), 'create-jitsi-stack-'));
  try {
    for (const folder of ['objects', 'refs']) mkdirSync(join(directory, folder));
    const packed = text(join(shared, 'packed-refs'));
    if (packed !== undefined) writeFileSync(join(directory, 'packed-refs'), packed);
    for (const folder of ['refs/heads', 'refs/tags']) {
      if (lstatSync(join(shared, folder), { throwIfNoEntry: false })?.isDirectory())
        cpSync(join(shared, folder), join(directory, folder), { recursive: true, filter: isName });
    }
    writeFileSync(join(directory, 'HEAD'), `${head}\n`);
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
  return { directory, objects };
}

/** `.git` is the directory, or in a linked worktree a file that names it. */
function gitDirectory(clone: string): string {
  const git = join(clone, '.git');
  const named = text(git)?.match(/^gitdir: (.+)$/m)?.[1];
  return named === undefined ? git : resolve(dirname(git), named);
}

/** A small, ordinary file; a link or a pipe in its place is not read. */
function text(path: string): string | undefined {
  const facts = lstatSync(path, { throwIfNoEntry: false });
  if (!facts?.isFile()) return undefined;
  if (facts.size > most) throw new Error(`${path} is too large`);
  return readFileSync(path, 'utf8');
}

/** Folders, and the files in them that hold the name of an object. */
function isName(path: string): boolean {
  const facts = lstatSync(path);
  return facts.isDirectory() || (facts.isFile() && facts.size < 256);
}
