import { createHash } from 'node:crypto';
import { type Lock, lockName } from '../lock/lock.ts';
import { ancestors } from '../paths.ts';
import type { Tracked } from '../repository/repository.ts';
import type { FileChange, Generated } from '../types.ts';

/** A file as git stores it. */
export interface Blob {
  readonly id: string;
  readonly executable: boolean;
}

/** The two generated versions whose difference is merged into the owner's. */
export interface Sides {
  readonly base: ReadonlyMap<string, Blob>;
  readonly new: ReadonlyMap<string, Blob>;
  /** Contents of the blobs that this run brings. */
  readonly texts: ReadonlyMap<string, string>;
  /** What was decided without merging. */
  readonly changes: readonly FileChange[];
}

interface Input {
  readonly lock: Lock | undefined;
  readonly generated: Generated;
  readonly owners: ReadonlyMap<string, Tracked>;
  readonly hash: 'sha1' | 'sha256';
  readonly inputs: readonly string[];
  /** The new lock, merged like any other file. */
  readonly lockText: string;
  /** Whether a seeded file is as it was written, and now generated otherwise or not at all. */
  readonly isUnedited: (path: string) => boolean;
  /** Whether something untracked is in this place. */
  readonly isOnDisk: (path: string) => boolean;
}

/** Decides which files take part in the merge. What the owner has made theirs (seeded files with their edits, links, directories) is in neither side. */
export function mergeSides(input: Input): Sides {
  const { lock, generated, owners, hash, inputs, lockText, isUnedited, isOnDisk } = input;
  const base = new Map<string, Blob>();
  const generatedNow = new Map<string, Blob>();
  const texts = new Map<string, string>();
  const changes: FileChange[] = [];
  const kept = (path: string, note: string): number => changes.push({ path, change: 'kept', note });
  const blob = (text: string, executable: boolean): Blob => {
    const id = blobId(text, hash);
    texts.set(id, text);
    return { id, executable };
  };
  const obstacle = findObstacles(owners);
  const wanted = new Map(generated.files.map((file) => [file.path, file]));

  for (const [path, { kind, text, executable }] of lock?.files ?? []) {
    const mine = owners.get(path);
    const file = wanted.get(path);
    if (obstacle(path)) continue;
    if (file?.kind === 'seeded') {
      if (mine && isUnedited(path)) base.set(path, { id: mine.id, executable: isExecutable(mine) });
    } else if (kind === 'managed' && text !== undefined) base.set(path, blob(text, executable));
    else if (mine !== undefined && file === undefined) {
      if (isUnedited(path)) base.set(path, { id: mine.id, executable: isExecutable(mine) });
      else kept(path, 'no longer generated; it has your edits');
    }
  }
  for (const { path, kind, text, remarked = text, executable } of generated.files) {
    const blocked = obstacle(path);
    const before = lock?.files.get(path);
    const mine = owners.get(path);
    if (blocked) kept(path, blocked);
    else if (kind === 'seeded' && before !== undefined) {
      if (isUnedited(path)) generatedNow.set(path, blob(text, executable));
    } else if (kind === 'seeded' && (mine !== undefined || isOnDisk(path)))
      kept(path, 'yours was here already');
    else {
      generatedNow.set(path, blob(remarked, executable));
      if (!inputs.includes(path)) continue;
      if (mine) base.set(path, { id: mine.id, executable: isExecutable(mine) });
      else base.delete(path);
    }
  }
  const oldLock = owners.get(lockName);
  if (oldLock) base.set(lockName, { id: oldLock.id, executable: false });
  generatedNow.set(lockName, blob(lockText, false));
  return { base, new: generatedNow, texts, changes };
}

/** The id under which git stores a text. */
export function blobId(text: string, hash: Input['hash']): string {
  const content = Buffer.from(text);
  return createHash(hash).update(`blob ${content.length}\0`).update(content).digest('hex');
}

export function isExecutable({ mode }: Tracked): boolean {
  return mode === '100755';
}

/** Finds what the owner has put in the place of a generated file that is no file, in words. */
function findObstacles(owners: ReadonlyMap<string, Tracked>): (path: string) => string | undefined {
  const directories = new Set([...owners.keys()].flatMap(ancestors));
  return (path) => {
    const mode = owners.get(path)?.mode;
    if (mode === '120000') return 'a link of yours is in its place';
    if (mode === '160000') return 'a submodule of yours is in its place';
    if (directories.has(path)) return 'a directory of yours is in its place';
    const above = ancestors(path).find((parent) => owners.has(parent));
    return above === undefined
      ? undefined
      : `${above} is no directory here, but something of yours`;
  };
}
