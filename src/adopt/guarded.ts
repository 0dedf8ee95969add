import { constants, type Stats } from 'node:fs';
import {
  type FileHandle,
  lstat,
  mkdir,
  open,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** Something else is where a file or directory was expected: most of the time a link. */
export class NotOrdinary extends Error {
  override readonly name = 'NotOrdinary';
  constructor(readonly path: string) {
    super(`${path} is no ordinary file or directory, or is reached through a link`);
  }
}

/**
 * Opens a file below a directory for reading. Containers of the old installation may have written there, as root, and left
 * links: none is followed, nor one that appears meanwhile, and a pipe keeps nobody waiting.
 *
 * @throws NotOrdinary when it is no file, or a link below `base` leads to it
 */
export async function openBelow(base: string, path: string): Promise<FileHandle> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error) => {
    throw error.code === 'ELOOP' || error.code === 'ENXIO' ? new NotOrdinary(path) : error;
  });
  try {
    const expected = join(await realpath(base), relative(base, path));
    if (!(await handle.stat()).isFile() || !(await isReally(handle, path, expected)))
      throw new NotOrdinary(path);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** A directory of the stack that stays the same whatever its name comes to mean, as a path to work in. */
export interface Held {
  readonly path: string;
  readonly release: () => Promise<void>;
}

/**
 * Makes a directory of the stack where it is missing, with everything above it, and holds it.
 *
 * @param made is told of each directory that is made, with a handle on it
 * @throws NotOrdinary when something on the way is no directory
 */
export async function holdDirectory(
  stack: string,
  path: string,
  made: (handle: FileHandle) => Promise<void>,
): Promise<Held> {
  let place = await realpath(stack);
  for (const part of path.split('/').filter((name) => name !== '.' && name !== '')) {
    place = join(place, part);
    const isNew = await mkdir(place).then(
      () => true,
      (error) => {
        if (error.code !== 'EEXIST') throw error;
        return false;
      },
    );
    if (!(await lstat(place)).isDirectory()) throw new NotOrdinary(place);
    if (!isNew) continue;
    const handle = await openDirectory(place);
    await made(handle).finally(() => handle.close());
  }
  const handle = await openDirectory(place);
  if (!(await isReally(handle, place, place))) {
    await handle.close();
    throw new NotOrdinary(place);
  }
  return {
    path: process.platform === 'linux' ? `/proc/self/fd/${handle.fd}` : place,
    release: () => handle.close(),
  };
}

async function openDirectory(path: string): Promise<FileHandle> {
  const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
  return open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW).catch((error) => {
    throw error.code === 'ELOOP' || error.code === 'ENOTDIR' ? new NotOrdinary(path) : error;
  });
}

/** Where a handle really is; asked after it was opened, so that nothing can change in between. */
async function isReally(handle: FileHandle, path: string, expected: string): Promise<boolean> {
  const place =
    process.platform === 'linux'
      ? await readlink(`/proc/self/fd/${handle.fd}`)
      : await realpath(path);
  return place === expected;
}

/** Puts a file in a directory, whole or not at all. */
export async function replaceIn(
  folder: Held,
  name: string,
  fill: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const temporary = join(folder.path, `.taken.${process.pid}.jitsi-stack.tmp`);
  await rm(temporary, { force: true });
  try {
    const copy = await open(temporary, 'wx', 0o600);
    await fill(copy).finally(() => copy.close());
    await rename(temporary, join(folder.path, name));
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Whether a user could read a file: its own rights, and the way to it. Groups beyond `gid` are not known here. */
export async function isReadableBy(
  path: string,
  { uid, gid }: Pick<Stats, 'uid' | 'gid'>,
): Promise<boolean> {
  if (uid === 0) return true;
  const may = (facts: Stats, right: 4 | 1) => {
    const shift = facts.uid === uid ? 6 : facts.gid === gid ? 3 : 0;
    return ((facts.mode >> shift) & right) !== 0;
  };
  const file = await realpath(path);
  if (!may(await stat(file), 4)) return false;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (!may(await stat(folder), 1)) return false;
    if (folder === dirname(folder)) return true;
  }
}
