import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { diffTexts } from '../diff-texts.ts';
import { formatLock, type Lock, lockName } from '../lock/lock.ts';
import type { FileMerger } from '../overlap/merge-file.ts';
import { gitIn, hasGit } from '../run-git.ts';
import type { Cleanup } from '../safety/cleanup.ts';
import { look, makeDirectory, removeFile, replaceFile, setExecutable } from '../safety/disk.ts';
import type { FileChange, Generated, SyncOptions, SyncReport } from '../types.ts';
import { type FileStep, planDropped, planFile } from './plan-file.ts';
import { freeName } from './write-beside.ts';

interface Plain {
  readonly directory: string;
  readonly lock: Lock | undefined;
  readonly generated: Generated;
  readonly options: SyncOptions;
  readonly cleanup: Cleanup;
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
  const steps = new Map<string, FileStep>();
  for (const { path, text } of options.sources ?? [])
    if (look(directory, path).kind === 'nothing')
      steps.set(path, { change: { path, change: 'added' }, write: text });
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
  if (overlaps.length > 0 && !options.markers) return { ...report, outcome: 'overlap' };
  const mark = cleanup.mark;
  const beside = apply(directory, steps, cleanup);
  replaceFile(join(directory, lockName), formatLock(generated, lock, written(steps)), false);
  cleanup.forget(mark);
  if (overlaps.length > 0)
    return { ...report, changes: [...changes, ...beside], outcome: 'overlap' };
  return { ...report, outcome: lock ? 'updated' : 'created' };
}

/** The files that this run writes anew. */
function written(steps: ReadonlyMap<string, FileStep>): ReadonlySet<string> {
  return new Set([...steps].filter(([, { write }]) => write !== undefined).map(([path]) => path));
}

/** Carries the steps out and reports what was put beside the owner's files. */
function apply(
  directory: string,
  steps: ReadonlyMap<string, FileStep>,
  cleanup: Cleanup,
): FileChange[] {
  const beside: FileChange[] = [];
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
      const name = freeName(directory, `${path}.new`, open.beside);
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

async function openMerger(cleanup: Cleanup): Promise<FileMerger | undefined> {
  if (!(await hasGit())) return undefined;
  const temporary = mkdtempSync(join(tmpdir(), 'jitsi-stack-'));
  cleanup.add(() => rmSync(temporary, { recursive: true, force: true }));
  return { git: gitIn(temporary), temporary };
}
