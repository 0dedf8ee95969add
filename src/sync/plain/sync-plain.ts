import { rmSync } from 'node:fs';
import { sha256 } from '../../sha256.ts';
import { diffTexts, type TextChange } from '../diff-texts.ts';
import { formatLock, type Lock } from '../lock/lock.ts';
import { carryOut, type UnfinishedFile } from '../lock/unfinished.ts';
import type { FileMerger } from '../overlap/merge-file.ts';
import { gitIn, hasGit } from '../run-git.ts';
import type { Cleanup } from '../safety/cleanup.ts';
import type { OnDisk } from '../safety/disk.ts';
import { temporaryDirectory } from '../safety/temporary.ts';
import type { FileChange, Generated, SyncOptions, SyncReport } from '../types.ts';
import { type FileStep, planDropped, planFile } from './plan-file.ts';
import { freeName } from './write-beside.ts';

interface Plain {
  readonly directory: string;
  readonly lock: Lock | undefined;
  readonly look: (path: string) => OnDisk;
  readonly generated: Generated;
  readonly options: SyncOptions;
  readonly cleanup: Cleanup;
}

/** Brings a stack up to date without commits. The lock is the merge base. */
export async function syncPlain({
  directory,
  lock,
  look,
  generated,
  options,
  cleanup,
}: Plain): Promise<SyncReport> {
  const merger = await openMerger(cleanup);
  const steps = new Map<string, FileStep>();
  for (const { path, text } of options.sources ?? [])
    if (look(path).kind === 'nothing')
      steps.set(path, { change: { path, change: 'added' }, write: text });
  for (const file of generated.files) {
    const found = look(file.path);
    steps.set(file.path, await planFile(file, lock?.files.get(file.path), found, options, merger));
  }
  for (const [path, before] of lock?.files ?? []) {
    if (!steps.has(path)) steps.set(path, planDropped(path, before, look(path)));
  }

  const overlaps = [...steps.values()].flatMap(({ open }) => open?.overlaps ?? []);
  const changes = [...steps.values()]
    .flatMap(({ change }) => change ?? [])
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const report = { changes, overlaps, notes: [] };
  if (options.dryRun) {
    const texts = textsOf(steps, look);
    return { ...report, outcome: 'preview', ...(await diffTexts(texts, cleanup)) };
  }
  if (overlaps.length > 0 && !options.markers) return { ...report, outcome: 'overlap' };
  const { files, beside } = filesOf(directory, steps, look);
  carryOut(directory, { lock: formatLock(generated, lock, written(steps)), files });
  if (overlaps.length > 0)
    return { ...report, changes: [...changes, ...beside], outcome: 'overlap' };
  return { ...report, outcome: lock ? 'updated' : 'created' };
}

/** The files that this run writes anew. */
function written(steps: ReadonlyMap<string, FileStep>): ReadonlySet<string> {
  return new Set([...steps].filter(([, { write }]) => write !== undefined).map(([path]) => path));
}

/** What the steps change, for a diff. */
function textsOf(steps: ReadonlyMap<string, FileStep>, look: Plain['look']): TextChange[] {
  return [...steps].flatMap(([path, { write, remove, executable }]) => {
    const found = look(path);
    const old = found.kind === 'file' ? found : undefined;
    const isOtherMode = old !== undefined && (executable ?? old.executable) !== old.executable;
    if (write === undefined && !remove && !isOtherMode) return [];
    const content = write ?? old?.content ?? '';
    const now = { content, executable: executable ?? old?.executable ?? false };
    return [{ path, ...(old && { old }), ...(!remove && { new: now }) }];
  });
}

/** The steps as they are carried out, with what is put beside the owner's files. */
function filesOf(
  directory: string,
  steps: ReadonlyMap<string, FileStep>,
  look: Plain['look'],
): { files: UnfinishedFile[]; beside: FileChange[] } {
  const files: UnfinishedFile[] = [];
  const beside: FileChange[] = [];
  for (const [path, { write, executable, remove, open }] of steps) {
    const found = look(path);
    const isOtherMode =
      found.kind === 'file' && (executable ?? found.executable) !== found.executable;
    if (write !== undefined || remove || isOtherMode) {
      files.push({
        path,
        before: found.kind === 'file' ? sha256(found.content) : null,
        ...(write !== undefined && { content: Buffer.from(write).toString('base64') }),
        ...(executable !== undefined && { executable }),
        ...(remove && { remove }),
      });
    }
    if (!open) continue;
    const name = freeName(directory, `${path}.new`, open.beside);
    files.push({
      path: name,
      before: null,
      content: open.beside.toString('base64'),
      ...(executable !== undefined && { executable }),
    });
    beside.push({
      path: name,
      change: 'written-beside',
      note: `the new version of ${path}: take from it what you want`,
    });
  }
  return { files, beside };
}

async function openMerger(cleanup: Cleanup): Promise<FileMerger | undefined> {
  if (!(await hasGit())) return undefined;
  const temporary = temporaryDirectory();
  cleanup.add(() => rmSync(temporary, { recursive: true, force: true }));
  return { git: gitIn(temporary), temporary };
}
