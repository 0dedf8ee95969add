import { randomBytes } from 'node:crypto';
import { link, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StackError } from '../errors.ts';

/** Rights and owner that the file is to have. */
export interface Access {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Writes a secret file whole, for its owner's eyes from the first byte on, and safe on disk before this resolves. Without
 * `access` the file is new; if somebody has made it in the meantime this resolves with false and theirs stays.
 */
export async function replaceSecret(
  file: string,
  content: Buffer,
  access: Access | undefined,
): Promise<boolean> {
  const temporary = join(dirname(file), `.env.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      const { uid, gid } = await handle.stat();
      if (access && (access.uid !== uid || access.gid !== gid)) {
        await handle.chown(access.uid, access.gid).catch((cause) => {
          throw foreign(file, access, cause);
        });
      }
      await handle.chmod(access?.mode ?? 0o600);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (access) await rename(temporary, file);
    else await link(temporary, file);
    await syncDirectory(dirname(file));
    await sweep(dirname(file));
    return true;
  } catch (error) {
    if (access === undefined && (error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Removes copies that killed runs have left; a young one may belong to a run that is at work. */
async function sweep(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!/^\.env\.[0-9a-f]{12}\.tmp$/.test(name)) continue;
    const stats = await stat(join(directory, name)).catch(() => undefined);
    if (stats && Date.now() - stats.mtimeMs > 60_000)
      await rm(join(directory, name), { force: true });
  }
}

/** A file is safe once its name is, too. Not every system can sync a directory. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function foreign(file: string, { uid, gid }: Access, cause: unknown): StackError {
  return new StackError(
    {
      where: file,
      what: `This file belongs to another user (${uid}:${gid}).`,
      why: 'Written by you it would become yours, and that user might no longer read it.',
      fix: 'Run this as that user or as root.',
    },
    { cause },
  );
}
