import { constants, type Stats } from 'node:fs';
import {
  access,
  chmod,
  chown,
  copyFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type LeftBehind, type Take, unreadable } from './find-takes.ts';

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
    await this.place(this.take.from, this.take.to, this.take.except ?? []);
  }

  private async place(from: string, to: string, except: readonly string[] = []): Promise<void> {
    const facts = await stat(from).catch(unlessAbsent);
    if (facts?.isDirectory()) {
      await this.makeDirectory(join(this.directory, to), facts);
      const names = (await readdir(from)).filter((name) => !except.includes(name)).sort();
      for (const name of names) {
        const link = await lstat(join(from, name));
        if (link.isSymbolicLink())
          this.notes.push(`${join(from, name)} is a link; it was left out.`);
        else await this.place(join(from, name), `${to}/${name}`);
      }
    } else if (facts?.isFile()) {
      await access(from, constants.R_OK);
      if (this.take.kind === 'hook') await this.hook(from, to);
      else await this.data(from, to);
    }
  }

  /** Newer wins, so that a second run brings what has happened since the first and keeps what the stack has written. */
  private async data(from: string, to: string): Promise<void> {
    const file = join(this.directory, to);
    const [old, now] = [await stat(from), await stat(file).catch(() => undefined)];
    // Times lose a fraction of a millisecond when they are set.
    if (now && now.mtimeMs >= old.mtimeMs - 2) return;
    await this.makeDirectory(dirname(file));
    const temporary = join(dirname(file), `.taken.${process.pid}.jitsi-stack.tmp`);
    try {
      await copyFile(from, temporary);
      await utimes(temporary, old.atime, old.mtime);
      const isPublic = to.endsWith('fullchain.pem');
      await chmod(
        temporary,
        isPublic ? 0o644 : this.take.kind === 'data' ? old.mode & 0o770 : 0o640,
      );
      await this.own(temporary, old);
      await rename(temporary, file);
    } finally {
      await rm(temporary, { force: true });
    }
    this.written.push(to);
  }

  private async hook(from: string, to: string): Promise<void> {
    const file = join(this.directory, to);
    const text = await readFile(from);
    const here = await readFile(file).catch(() => undefined);
    if (here?.equals(text)) {
      this.hooks.push(to);
      return;
    }
    if (here && here.toString('utf8') !== this.options.seeds.get(to)) {
      this.notes.push(`${to} is another one than ${from}; yours here was kept.`);
      return;
    }
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    this.written.push(to);
    this.hooks.push(to);
  }

  /** A directory with the rights of its original, and whatever is missing above it. */
  private async makeDirectory(directory: string, old?: Stats): Promise<void> {
    if (await exists(directory)) return;
    await this.makeDirectory(dirname(directory));
    await mkdir(directory);
    const isData = this.take.kind === 'data';
    // Accounts are nobody else's business.
    await chmod(directory, isData && old ? old.mode & 0o770 : 0o755);
    if (isData) await this.own(directory, old);
  }

  private async own(path: string, old: Stats | undefined): Promise<void> {
    if (process.getuid?.() !== 0) return;
    const { owner } = this.options;
    if (owner !== undefined) await chown(path, owner, owner);
    else if (old) await chown(path, old.uid, old.gid);
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

const exists = (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  );
