import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Handover } from './adopt/handover.ts';
import { changedAnswers } from './answers/changed.ts';
import { answersFile } from './answers/gather.ts';
import { isInCluster } from './answers/whose.ts';
import { auditBranding } from './audit/branding.ts';
import { auditBridge } from './audit/bridge.ts';
import { auditPins } from './audit/pins.ts';
import { auditRecorder } from './audit/recorder.ts';
import { sentence } from './errors.ts';
import { withoutComments } from './json-comments.ts';
import { foreseeLocal, forgetMachines, type LocalReport, makeLocal } from './local-files.ts';
import { originOf } from './origin.ts';
import type { Plan } from './plan/plan.ts';
import { type Catalogue, openCatalogue, outgrown } from './releases/index.ts';
import type { RenderedFile } from './render/rendered.ts';
import {
  explainFailure,
  type GeneratedFile,
  type Generation,
  isFromSame,
  type Lock,
  readLock,
  type SyncOptions,
  type SyncReport,
  sameAsLock,
  sync,
  temporaryDirectory,
} from './sync/index.ts';

/** What a run did, or would do: to the generated files, and to what this machine has outside git. */
export interface WriteReport extends SyncReport, Omit<LocalReport, 'changes'> {}

export interface WriteOptions
  extends Omit<SyncOptions, 'inputs' | 'sources' | 'secretPaths' | 'reason'> {
  /** Where the plan's release comes from. @default the releases that the tool and the stack know */
  readonly catalogue?: Catalogue;
  /** What to take over from the installation that this stack replaces. */
  readonly handover?: Handover;
  /** Secrets that the owner has typed, by name; they go into `.env` and nowhere else. */
  readonly entered?: ReadonlyMap<string, string>;
}

/**
 * Writes the stack into a directory, or brings it up to date; then makes what is missing of its secrets.
 *
 * @throws StackError when the directory is not in a state to be written to; nothing was changed then
 */
export async function writeStack(
  directory: string,
  plan: Plan,
  { catalogue, handover, entered, ...options }: WriteOptions = {},
): Promise<WriteReport> {
  // A lock that cannot be read is refused below, in words.
  const lock = await readLock(directory).catch(() => undefined);
  const generation = generationOf(directory, plan, lock);
  const inWords = (error: unknown) => {
    throw explainFailure(error);
  };
  // A cluster has the secrets of the run that was before this one.
  const brought = { handover, entered, inUse: lock !== undefined && isInCluster(plan.answers) };
  // What would be refused is refused before anything is written.
  const foreseen = await foreseeLocal(directory, plan, brought).catch(inWords);
  const synced = await sync(directory, generation, {
    ...options,
    ...(await reasonFor(lock, generation)),
    inputs: [answersFile],
    sources: sourcesOf(directory, plan, catalogue),
    secretPaths: secretPaths(plan),
  });
  const report = { ...synced, notes: [...synced.notes, ...outgrownNotes(directory)] };
  if (report.outcome === 'overlap') {
    return { ...report, secrets: { added: [], taken: [] }, certificate: false };
  }
  if (!options.dryRun) forgetMachines(directory, plan);
  const isComplete = !foreseen.changes && handover === undefined;
  const { changes, ...local } =
    options.dryRun || isComplete
      ? foreseen
      : await makeLocal(directory, plan, brought, generation).catch(inWords);
  return {
    ...report,
    ...local,
    ...(options.dryRun && changes && { outcome: 'preview' }),
    // Only now are the owner's own files here that an adoption brings along.
    notes: [...report.notes, ...local.notes, ...(await fileNotes(directory, plan))],
  };
}

/** The files of a plan, made once, and only when somebody asks for them. */
function generationOf(directory: string, plan: Plan, lock: Lock | undefined): Generation {
  const origin = originOf(plan);
  let made: Promise<readonly GeneratedFile[]> | undefined;
  return {
    ...origin,
    async generate() {
      made ??= makeFiles(directory, plan, lock);
      return { ...origin, files: await made };
    },
  };
}

async function makeFiles(
  directory: string,
  plan: Plan,
  lock: Lock | undefined,
): Promise<readonly GeneratedFile[]> {
  const { renderStack } = await import('./render-stack.ts');
  const rendered = renderStack(plan);
  // projen hands every file back as it was rendered: where none has changed, its start is the longest part of a run.
  if (lock !== undefined && sameAsLock(rendered, lock)) return rendered;
  return withRemarks(directory, await throughProject(plan, rendered));
}

/** The files with what the owner has remarked in the answers that are there. */
async function withRemarks(
  directory: string,
  files: readonly GeneratedFile[],
): Promise<readonly GeneratedFile[]> {
  const place = join(directory, answersFile);
  const there = existsSync(place) ? readFileSync(place, 'utf8') : '';
  if (there === withoutComments(there)) return files;
  const { carryComments } = await import('./answers/file/carry-comments.ts');
  return files.map((file) =>
    file.path === answersFile ? { ...file, remarked: carryComments(there, file.text) } : file,
  );
}

/** What git must never have. */
function secretPaths({ machines = [] }: Plan): readonly string[] {
  return ['.env', 'certs/privkey.pem', ...machines.map(({ name }) => `machines/${name}/.env`)];
}

/** The answers that changed, for whoever reads the history of the stack. */
async function reasonFor(
  lock: Lock | undefined,
  generation: Generation,
): Promise<Pick<SyncOptions, 'reason'>> {
  if (lock === undefined || isFromSame(generation, lock)) return {};
  const { files } = await generation.generate();
  const before = lock.files.get(answersFile)?.text;
  const after = files.find(({ path }) => path === answersFile)?.text;
  // Nearly every run finds them as they were.
  if (before === undefined || after === undefined || before === after) return {};
  const changed = changedAnswers(before, after);
  return changed.length > 0 ? { reason: `Answers that changed:\n${changed.join('\n')}` } : {};
}

/** What the plan was made by and no update may lose: the owner's reading of its release. */
function sourcesOf(
  directory: string,
  { release: { tag, readFrom } }: Plan,
  catalogue?: Catalogue,
): NonNullable<SyncOptions['sources']> {
  if (readFrom === undefined) return [];
  const file = (catalogue ?? openCatalogue([directory])).local.get(tag)?.file;
  return file === undefined ? [] : [{ path: readFrom, text: readFileSync(file, 'utf8') }];
}

/** The owner's readings of releases that this version has learnt to know by itself. */
function outgrownNotes(directory: string): string[] {
  return outgrown(directory).map(
    (path) =>
      `This version knows the release of ${path} by itself and goes by that: the file can go (git rm ${path}).`,
  );
}

/** What is wrong with the owner's own files: for people with IPv6, for images of before a known fix, for the logo. */
async function fileNotes(directory: string, plan: Plan): Promise<string[]> {
  return [
    ...(await auditBridge(directory, plan)),
    ...auditPins(directory),
    ...auditBranding(directory, plan),
    ...auditRecorder(directory, plan),
  ].map(sentence);
}

/** projen writes the files into a temporary directory; what is there afterwards is the stack. */
async function throughProject(
  plan: Plan,
  rendered: readonly RenderedFile[],
): Promise<readonly GeneratedFile[]> {
  const { writeProject } = await import('./project/stack-project.ts');
  const scratch = temporaryDirectory();
  try {
    writeProject(scratch, plan.answers.domain, rendered);
    return rendered.map(({ path, executable, kind }) => ({
      path,
      executable,
      kind,
      text: readFileSync(join(scratch, path), 'utf8'),
    }));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
