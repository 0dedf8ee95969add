import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Cleanup } from './cleanup.ts';
import { diffTexts } from './diff.ts';
import {
  look,
  makeDirectory,
  type OnDisk,
  removeFile,
  replaceFile,
  says,
  setExecutable,
} from './disk.ts';
import { gitIn, hasGit } from './git.ts';
import { formatLock, type Lock, type LockedFile, lockName, sha256 } from './lock.ts';
import type { FileMerger, Segment } from './overlaps.ts';
import { settle } from './settle.ts';
import type {
  Change,
  Generated,
  GeneratedFile,
  Overlap,
  SyncOptions,
  SyncReport,
} from './types.ts';

interface Plain {
  readonly directory: string;
  readonly lock: Lock | undefined;
  readonly generated: Generated;
  readonly options: SyncOptions;
  readonly cleanup: Cleanup;
}

/** What is to be done to one file, decided before anything is written. */
interface Step {
  readonly change?: Change;
  readonly old?: Buffer;
  /** New content; undefined leaves it. */
  readonly write?: string | Buffer;
  readonly executable?: boolean;
  readonly remove?: true;
  readonly open?: { readonly overlaps: readonly Overlap[]; readonly beside: Buffer };
}

/** Brings a stack up to date without commits. The lock is the merge base and is written last, so an interrupted run can be repeated. */
export async function syncPlain({
  directory,
  lock,
  generated,
  options,
  cleanup,
}: Plain): Promise<SyncReport> {
  const merger = await openMerger(cleanup);
  const steps = new Map<string, Step>();
  for (const file of generated.files) {
    const found = look(directory, file.path);
    steps.set(file.path, await planFile(file, lock?.files.get(file.path), found, options, merger));
  }
  for (const [path, before] of lock?.files ?? []) {
    if (!steps.has(path)) steps.set(path, planDropped(path, before, look(directory, path)));
  }

  const overlaps = [...steps.values()].flatMap(({ open }) => open?.overlaps ?? []);
  const changes = [...steps.values()]
    .flatMap(({ change }) => change ?? [])
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const report = { changes, overlaps, notes: [] };
  if (options.dryRun) {
    const texts = [...steps].map(([path, { old, write, remove }]) => ({
      path,
      ...(old && (write !== undefined || remove) ? { old } : {}),
      ...(write === undefined ? {} : { new: write }),
    }));
    return { ...report, outcome: 'preview', ...(await diffTexts(texts, cleanup)) };
  }
  if (overlaps.length > 0 && !options.markers) return { ...report, outcome: 'conflict' };
  const mark = cleanup.mark;
  const beside = apply(directory, steps, cleanup);
  replaceFile(join(directory, lockName), formatLock(generated, lock), false);
  cleanup.forget(mark);
  if (overlaps.length > 0)
    return { ...report, changes: [...changes, ...beside], outcome: 'conflict' };
  return { ...report, outcome: lock ? 'updated' : 'created' };
}

async function planFile(
  file: GeneratedFile,
  before: LockedFile | undefined,
  found: OnDisk,
  options: SyncOptions,
  merger: FileMerger | undefined,
): Promise<Step> {
  const { path, text, executable, kind } = file;
  const add: Step = { change: { path, change: 'added' }, write: text, executable };
  if (kind === 'seeded') {
    if (before !== undefined) return {};
    return found.kind === 'nothing'
      ? add
      : { change: { path, change: 'kept', note: 'yours was here already' } };
  }
  const base = before?.text;
  const isInput = options.inputs?.includes(path) === true;
  if (base === text && before?.executable === executable) return {};
  if (found.kind === 'other') {
    return {
      change: { path, change: 'kept', note: 'something of yours that is no file is in its place' },
    };
  }
  if (found.kind === 'nothing') {
    if (base === undefined || isInput) return add;
    return {
      change: {
        path,
        change: 'stays-deleted',
        note: 'you deleted it; the new version of it was left out',
      },
    };
  }
  const old = found.content;
  const bit = before?.executable === executable ? found.executable : executable;
  const changed: Step = { change: { path, change: 'changed' }, old, write: text, executable: bit };
  if (isInput || (base !== undefined && says(old, base))) return changed;
  if (says(old, text) || base === text) return { executable: bit };

  const conflict = {
    path,
    base: base === undefined ? undefined : Buffer.from(base),
    mine: old,
    new: Buffer.from(text),
  };
  const settled = await settle(conflict, merger, options);
  if ('open' in settled)
    return {
      open: { overlaps: settled.open, beside: withMarkers(settled.segments, merger) },
      executable: bit,
    };
  if (settled.content.equals(old))
    return {
      change: { path, change: 'kept', note: 'your lines, where both had changed them' },
      executable: bit,
    };
  return { change: { path, change: 'merged' }, old, write: settled.content, executable: bit };
}

function planDropped(path: string, before: LockedFile, found: OnDisk): Step {
  if (found.kind === 'nothing') return {};
  const isUnedited =
    found.kind === 'file' &&
    [found.content, found.content.toString('utf8').replaceAll('\r\n', '\n')].some(
      (content) => sha256(content) === before.sha256,
    );
  if (!isUnedited)
    return { change: { path, change: 'kept', note: 'no longer generated; it has your edits' } };
  return { change: { path, change: 'removed' }, old: found.content, remove: true };
}

/** Carries the steps out and reports what was put beside the owner's files. */
function apply(directory: string, steps: ReadonlyMap<string, Step>, cleanup: Cleanup): Change[] {
  const beside: Change[] = [];
  for (const [path, { write, executable = false, remove, open }] of steps) {
    const file = join(directory, path);
    if (remove) removeFile(directory, path);
    if (write !== undefined) {
      makeDirectory(dirname(file), cleanup);
      if (!existsSync(file)) cleanup.add(() => rmSync(file, { force: true }));
      replaceFile(file, write, executable);
    }
    if (existsSync(file) && steps.get(path)?.executable !== undefined)
      setExecutable(file, executable);
    if (open) {
      const name = freeName(directory, `${path}.new`);
      replaceFile(join(directory, name), open.beside, executable);
      beside.push({
        path: name,
        change: 'written-beside',
        note: `the new version of ${path}: take from it what you want`,
      });
    }
  }
  return beside;
}

/** An older `.new` may be half worked through. */
function freeName(directory: string, name: string): string {
  for (let count = 0; ; count++) {
    const candidate = count === 0 ? name : `${name}.${count}`;
    if (look(directory, candidate).kind === 'nothing') return candidate;
  }
}

function withMarkers(segments: readonly Segment[], merger: FileMerger | undefined): Buffer {
  const parts = segments.map((segment) => {
    if ('text' in segment) return segment.text;
    if (merger === undefined) return segment.new;
    const line = (text: string): string =>
      text === '' || text.endsWith('\n') ? text : `${text}\n`;
    const base =
      segment.base === undefined ? '' : `||||||| generated last time\n${line(segment.base)}`;
    return `<<<<<<< yours\n${line(segment.mine)}${base}=======\n${line(segment.new)}>>>>>>> generated now\n`;
  });
  return Buffer.from(parts.join(''), 'latin1');
}

async function openMerger(cleanup: Cleanup): Promise<FileMerger | undefined> {
  if (!(await hasGit())) return undefined;
  const temporary = mkdtempSync(join(tmpdir(), 'jitsi-stack-'));
  cleanup.add(() => rmSync(temporary, { recursive: true, force: true }));
  return { git: gitIn(temporary), temporary };
}
