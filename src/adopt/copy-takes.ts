import type { Stats } from 'node:fs';
import { type FileHandle, lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  type Held,
  holdDirectory,
  isReadableBy,
  NotOrdinary,
  openBelow,
  replaceIn,
} from './guarded.ts';
import { looksSecret } from './looks-secret.ts';
import { type LeftBehind, type Take, unreadable } from './take.ts';

/** What was brought over for one thing of the old installation. */
export interface Brought {
  readonly what: string;
  readonly to: string;
  /** Files written by this run; 0 when all were here already. */
  readonly files: number;
}

export interface BroughtOver {
  readonly brought: readonly Brought[];
  readonly left: readonly LeftBehind[];
  /** Hooks that are here now, relative to the stack: they belong into git. */
  readonly hooks: readonly string[];
  readonly notes: readonly string[];
}

export interface CopyOptions {
  /** Owner of what containers write, set where this process may; undefined keeps the old one. */
  readonly owner?: number;
  /** Whose installation it is: hooks that this user could not read are not brought into git. Everybody's when left out. */
  readonly reader?: Pick<Stats, 'uid' | 'gid'>;
  /** Texts of hooks as they were just generated: one that still says this is nobody's work yet. */
  readonly seeds: ReadonlyMap<string, string>;
}

/**
 * Copies what belongs into the stack; the originals stay as they are. Can be repeated: data is copied where it is missing
 * or newer in the old place, each file whole or not at all, and nothing that the stack's owner has changed is replaced.
 */
export async function copyTakes(
  directory: string,
  takes: readonly Take[],
  options: CopyOptions,
): Promise<BroughtOver> {
  const brought: Brought[] = [];
  const left: LeftBehind[] = [];
  const hooks: string[] = [];
  const notes: string[] = [];
  const hasOther = await Promise.all(
    takes.map(
      (take) => take.kind === 'certificate' && differs(take.from, join(directory, take.to)),
    ),
  );
  for (const take of takes) {
    const { kind, what, to } = take;
    // The stack has a pair of its own by now.
    if (kind === 'certificate' && hasOther.includes(true)) continue;
    const copy = new Copy(directory, take, options);
    try {
      await copy.run();
      brought.push({ what, to, files: copy.written.length });
      hooks.push(...copy.hooks);
      notes.push(...copy.notes);
    } catch (error) {
      const { code, path = take.from } = error as NodeJS.ErrnoException;
      if (code !== 'EACCES' && code !== 'EPERM') throw error;
      left.push(unreadable(take, path));
    }
  }
  return { brought, left, hooks, notes };
}

/** More than any hook has; what is larger is something else. */
const largestHook = 1024 * 1024;

class Copy {
  readonly written: string[] = [];
  /** Hooks that say what the old ones say, written by this run or an earlier one. */
  readonly hooks: string[] = [];
  readonly notes: string[] = [];

  constructor(
    private readonly directory: string,
    private readonly take: Take,
    private readonly options: CopyOptions,
  ) {}

  async run(): Promise<void> {
    const { kind, to, except = [] } = this.take;
    // Authorities' programs keep the current pair as links, and what is no pair was not proposed.
    const from = kind === 'certificate' ? await realpath(this.take.from) : this.take.from;
    await this.place(from, to, except);
  }

  private async place(from: string, to: string, except: readonly string[] = []): Promise<void> {
    const facts = await lstat(from).catch(unlessAbsent);
    try {
      if (facts?.isDirectory()) {
        if (this.take.kind === 'data') await (await this.hold(to, facts)).release();
        const names = (await readdir(from)).filter((name) => !except.includes(name)).sort();
        for (const name of names) await this.place(join(from, name), `${to}/${name}`);
      } else if (facts?.isFile()) {
        if (this.take.kind === 'hook') await this.hook(from, to);
        else await this.data(from, to);
      } else if (facts) throw new NotOrdinary(from);
    } catch (error) {
      if (!(error instanceof NotOrdinary)) throw error;
      this.notes.push(
        error.path === from && facts?.isSymbolicLink()
          ? `${from} is a link; it was left out. If you made it, copy what it leads to.`
          : `${error.path} is no ordinary file or directory, or a link leads to it; ${from} was left out.`,
      );
    }
  }

  private source(from: string): Promise<FileHandle> {
    return openBelow(this.take.base ?? dirname(from), from);
  }

  /** Newer wins, so that a second run brings what has happened since the first and keeps what the stack has written. */
  private async data(from: string, to: string): Promise<void> {
    const source = await this.source(from);
    try {
      const old = await source.stat();
      const folder = await this.hold(dirname(to));
      try {
        const file = join(folder.path, basename(to));
        const now = await lstat(file).catch(() => undefined);
        if (now && !now.isFile()) throw new NotOrdinary(join(this.directory, to));
        // Times lose a fraction of a millisecond when they are set.
        if (now && now.mtimeMs >= old.mtimeMs - 2) return;
        const isPublic = to.endsWith('fullchain.pem');
        const mode = isPublic ? 0o644 : this.take.kind === 'data' ? old.mode & 0o770 : 0o640;
        await replaceIn(folder, basename(to), async (copy) => {
          await copyContent(source, copy);
          await copy.utimes(old.atime, old.mtime);
          await copy.chmod(mode);
          await this.own(copy, old);
        });
      } finally {
        await folder.release();
      }
    } finally {
      await source.close();
    }
    this.written.push(to);
  }

  private async hook(from: string, to: string): Promise<void> {
    const { reader } = this.options;
    if (reader && !(await isReadableBy(from, reader))) {
      this.notes.push(
        `${from} was left out: the owner of the old installation may not read it. If it is a hook of yours, copy it to ${to}.`,
      );
      return;
    }
    const source = await this.source(from);
    try {
      const { size, mode } = await source.stat();
      if (size > largestHook) {
        this.notes.push(`${from} is larger than 1 MiB, so it is no hook; it was left out.`);
        return;
      }
      await this.placeHook(from, to, await source.readFile(), mode & 0o777);
    } finally {
      await source.close();
    }
  }

  private async placeHook(from: string, to: string, text: Buffer, mode: number): Promise<void> {
    const folder = await this.hold(dirname(to));
    try {
      const file = join(folder.path, basename(to));
      const facts = await lstat(file).catch(() => undefined);
      if (facts && !facts.isFile()) throw new NotOrdinary(join(this.directory, to));
      const here = facts && (await readFile(file));
      if (here && !here.equals(text) && here.toString('utf8') !== this.options.seeds.get(to)) {
        this.notes.push(`${to} is another one than ${from}; yours here was kept.`);
        return;
      }
      if (!here?.equals(text)) {
        await replaceIn(folder, basename(to), async (copy) => {
          await copy.writeFile(text);
          await copy.chmod(mode);
        });
        this.written.push(to);
      }
    } finally {
      await folder.release();
    }
    if (looksSecret(to, text))
      this.notes.push(
        `${to} looks like a key or a file of passwords, so it is not put into git: keep a copy of it, ./stack backup holds one.`,
      );
    else this.hooks.push(to);
  }

  /** A directory of the stack, made with the rights of its original, and whatever is missing above it. */
  private hold(to: string, old?: Stats): Promise<Held> {
    const isData = this.take.kind === 'data';
    return holdDirectory(this.directory, to, async (made) => {
      // Accounts are nobody else's business.
      await made.chmod(isData && old ? old.mode & 0o770 : 0o755);
      if (isData) await this.own(made, old);
    });
  }

  private async own(file: FileHandle, old: Stats | undefined): Promise<void> {
    if (process.getuid?.() !== 0) return;
    const { owner } = this.options;
    if (owner !== undefined) await file.chown(owner, owner);
    else if (old) await file.chown(old.uid, old.gid);
  }
}

/** In pieces: recordings and databases are larger than what fits into memory. */
async function copyContent(from: FileHandle, to: FileHandle): Promise<void> {
  const piece = Buffer.allocUnsafe(1024 * 1024);
  for (;;) {
    const { bytesRead } = await from.read(piece, 0, piece.length, null);
    if (bytesRead === 0) return;
    await to.writeFile(piece.subarray(0, bytesRead));
  }
}

/** What is not there is nothing to copy; what may not be seen is another matter. */
function unlessAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
}

/** Whether there is something else than a copy. */
async function differs(from: string, to: string): Promise<boolean> {
  const here = await readFile(to).catch(() => undefined);
  return here !== undefined && !here.equals(await readFile(from).catch(() => Buffer.alloc(0)));
}
