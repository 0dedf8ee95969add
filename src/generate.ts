import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BroughtOver } from './adopt/copy-takes.ts';
import type { Handover } from './adopt/handover.ts';
import { writeAnswers } from './answers/file/write.ts';
import type { Plan } from './plan/plan.ts';
import type { RenderedFile } from './render/rendered.ts';
import type { SecretsReport } from './secrets/index.ts';
import type { GeneratedFile, SyncOptions, SyncReport } from './sync/index.ts';
import { readTemplate } from './templates.ts';
import { version } from './version.ts';

/** Every file of the stack, rendered; nothing is written. */
export async function renderStack(plan: Plan): Promise<readonly RenderedFile[]> {
  const { renderPlan } = await import('./render/render.ts');
  return renderPlan(plan, readTemplate, ({ answers }) => writeAnswers(answers));
}

/** What a run did, files and secrets. Values of secrets are never in it. */
export interface WriteReport extends SyncReport {
  readonly secrets: { readonly added: readonly string[]; readonly taken: readonly string[] };
  /** Present where an installation was adopted. */
  readonly broughtOver?: BroughtOver;
  /** A self-signed pair was put into `certs/`. */
  readonly certificate: boolean;
}

export interface WriteOptions extends Omit<SyncOptions, 'inputs' | 'sources' | 'secretPaths'> {
  /** Directories of stacks that the plan's release may come from. @default the stack's own */
  readonly stacks?: readonly string[];
  /** What to take over from the installation that this stack replaces. */
  readonly handover?: Handover;
}

/**
 * Writes the stack into a directory, or brings it up to date; then makes what is missing of its secrets.
 *
 * @throws StackError when the directory is not in a state to be written to; nothing was changed then
 */
export async function writeStack(
  directory: string,
  plan: Plan,
  { stacks = [directory], handover, ...options }: WriteOptions = {},
): Promise<WriteReport> {
  const rendered = await renderStack(plan);
  const files = await throughProject(plan, rendered);
  const { explain, sync } = await import('./sync/index.ts');
  const synced = await sync(
    directory,
    { files, tool: version(), release: plan.release.tag },
    {
      ...options,
      inputs: ['jitsi-stack.json'],
      sources: await sourcesOf(plan, stacks),
      secretPaths: ['.env', 'certs/privkey.pem'],
    },
  );
  const report = { ...synced, notes: [...synced.notes, ...(await outgrownNotes(directory))] };
  if (report.outcome === 'preview' || report.outcome === 'conflict') {
    return { ...report, secrets: { added: [], taken: [] }, certificate: false };
  }
  const { ensureSecrets, SecretsMissing } = await import('./secrets/index.ts');
  const { ensureCertificate } = await import('./secrets/certificate.ts');
  try {
    // Containers wrote data here with the old secrets; without data, new ones lock nobody out.
    const expected = existsSync(join(directory, 'data'));
    const { withHandover } = await import('./adopt/handover.ts');
    const secrets = await ensureSecrets(directory, withHandover(plan.secrets, handover), {
      expected,
      ...(handover && { values: handover.secrets }),
    });
    const broughtOver = handover && (await inherit(directory, plan, handover, files));
    const certificate = await ensureCertificate(directory, plan.certificate.names);
    const notes = [...report.notes, ...secretNotes(secrets), ...(broughtOver?.notes ?? [])];
    return { ...report, notes, secrets, ...(broughtOver && { broughtOver }), certificate };
  } catch (error) {
    if (!(error instanceof SecretsMissing)) throw explain(error);
    return {
      ...report,
      notes: [...report.notes, error.message],
      secrets: { added: [], taken: [] },
      certificate: false,
    };
  }
}

/** What the plan was made by and no update may lose: the owner's reading of its release. */
async function sourcesOf(
  { release: { tag, readFrom } }: Plan,
  stacks: readonly string[],
): Promise<NonNullable<SyncOptions['sources']>> {
  if (readFrom === undefined) return [];
  const { localFile } = await import('./releases/index.ts');
  const file = localFile(stacks, tag);
  return file === undefined ? [] : [{ path: readFrom, text: readFileSync(file, 'utf8') }];
}

/** The owner's readings of releases that this version has learnt to know by itself. */
async function outgrownNotes(directory: string): Promise<string[]> {
  const { outgrown } = await import('./releases/index.ts');
  return outgrown(directory).map(
    (path) =>
      `This version knows the release of ${path} by itself and goes by that: the file can go (git rm ${path}).`,
  );
}

/** Copies accounts, hooks and certificate of the old installation, and commits the hooks. */
async function inherit(
  directory: string,
  { release }: Plan,
  { from, takes }: Handover,
  files: readonly GeneratedFile[],
): Promise<BroughtOver> {
  const { copyTakes } = await import('./adopt/copy-takes.ts');
  const seeds = files.filter(({ kind }) => kind === 'seeded');
  const over = await copyTakes(directory, takes, {
    ...(release.rootless && { owner: 1000 }),
    seeds: new Map(seeds.map(({ path, text }) => [path, text])),
  });
  const { commitOwn } = await import('./sync/index.ts');
  await commitOwn(directory, over.hooks, `Take over the hooks of ${from}`);
  return over;
}

/** What the owner should know of `.env`; names only. */
function secretNotes({ toFill, wasReadable }: SecretsReport): string[] {
  const notes: string[] = [];
  if (toFill.length > 0) notes.push(`Fill in ${toFill.join(', ')} in .env before the first start.`);
  if (wasReadable !== undefined) {
    notes.push(
      `.env could be read by others on this machine (${wasReadable}); now only its owner can. If others were there, run ./stack rotate.`,
    );
  }
  return notes;
}

/** projen writes the files into a temporary directory; what is there afterwards is the stack. */
async function throughProject(
  plan: Plan,
  rendered: readonly RenderedFile[],
): Promise<readonly GeneratedFile[]> {
  const { writeProject } = await import('./project/stack-project.ts');
  const scratch = mkdtempSync(join(tmpdir(), 'create-jitsi-stack-'));
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
