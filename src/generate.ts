import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blueprints } from '../blueprints/index.ts';
import type { BroughtOver } from './adopt/bring.ts';
import type { Inherited } from './adopt/inherited.ts';
import type { Answers } from './answers/answers.ts';
import { writeAnswers } from './answers/file.ts';
import type { Plan } from './plan/plan.ts';
import type { Upgrade } from './plan/upgrade.ts';
import type { CarriedSettings, Release } from './releases/index.ts';
import type { RenderedFile } from './render/rendered.ts';
import type { SecretsReport } from './secrets/index.ts';
import type { GeneratedFile, Mention, SyncOptions, SyncReport } from './sync/index.ts';
import { version } from './version.ts';

/** The blueprints' folders: beside `src/` in a checkout and beside the bundle in the package. */
const blueprintRoot = fileURLToPath(new URL('../blueprints/', import.meta.url));

/**
 * Decides what the stack is.
 *
 * @param stacks directories of stacks whose owners' readings of releases count, the nearest first
 * @throws StackError for answers that do not go together
 */
export async function createStackPlan(
  answers: Answers,
  stacks: readonly string[] = [],
): Promise<Plan> {
  const { findRelease, openCatalogue } = await import('./releases/index.ts');
  return planWith(answers, await findRelease(answers.release, openCatalogue(stacks)));
}

async function planWith(answers: Answers, release: Release): Promise<Plan> {
  const { createPlan } = await import('./plan/create.ts');
  return createPlan(answers, { release, blueprints, templates: listTemplates() });
}

/** An upgrade, the places in the owner's own files that it makes wrong, and what becomes of the settings. */
export interface StackUpgrade extends Upgrade, Pick<CarriedSettings, 'renamed' | 'gone'> {
  readonly mentions: readonly Mention[];
}

/**
 * Decides what becomes of the stack in a directory, and what another release than its own changes for it. Settings that
 * the new release has under another name are taken over; those that it has not are left out and named in the upgrade.
 *
 * @throws StackError for answers that do not go together, and for an older release: data does not find its way back
 */
export async function planStackUpdate(
  directory: string,
  answers: Answers,
  stacks: readonly string[] = [directory],
): Promise<{ plan: Plan; upgrade?: StackUpgrade }> {
  const { mentions, readLock } = await import('./sync/index.ts');
  const from = (await readLock(directory))?.release;
  const to = answers.release;
  if (from === undefined || from === to) return { plan: await createStackPlan(answers, stacks) };
  const [releases, { planUpgrade }, { outdatedBy }] = await Promise.all([
    import('./releases/index.ts'),
    import('./plan/upgrade.ts'),
    import('./plan/outdated.ts'),
  ]);
  const catalogue = releases.openCatalogue(stacks);
  const after = await releases.findRelease(to, catalogue);
  releases.refuseDowngrade(from, to);
  const before = await releases.formerRelease(from, catalogue);
  const { settings, renamed, gone } = releases.carrySettings(answers.settings, before, after);
  const plan = await planWith({ ...answers, settings }, after);
  const former = { ...answers, release: from };
  const [old, known] = await Promise.all([
    // A setting that came with the new release is no reason to say nothing about it.
    planWith(former, before).catch(() => planWith({ ...former, settings: {} }, before)),
    releases.knownChanges(from, to, catalogue),
  ]);
  const found = mentions(directory, outdatedBy(old, plan, known.changes));
  return { plan, upgrade: { ...planUpgrade(old, plan, known), renamed, gone, mentions: found } };
}

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
  readonly inherited?: Inherited;
}

/**
 * Writes the stack into a directory, or brings it up to date; then makes what is missing of its secrets.
 *
 * @throws StackError when the directory is not in a state to be written to; nothing was changed then
 */
export async function writeStack(
  directory: string,
  plan: Plan,
  { stacks = [directory], inherited, ...options }: WriteOptions = {},
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
    const { withInherited } = await import('./adopt/inherited.ts');
    const secrets = await ensureSecrets(directory, withInherited(plan.secrets, inherited), {
      expected,
      ...(inherited && { values: inherited.secrets }),
    });
    const broughtOver = inherited && (await inherit(directory, plan, inherited, files));
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
  const { ownFile } = await import('./releases/index.ts');
  const file = ownFile(stacks, tag);
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
  { from, takes }: Inherited,
  files: readonly GeneratedFile[],
): Promise<BroughtOver> {
  const { bringOver } = await import('./adopt/bring.ts');
  const seeds = files.filter(({ kind }) => kind === 'seeded');
  const over = await bringOver(directory, takes, {
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

async function readTemplate(blueprint: string, path: string) {
  const source = join(blueprintRoot, blueprint, path);
  return { source, text: readFileSync(source, 'utf8') };
}

/** Paths in the stack of every blueprint's templates. */
export function listTemplates(): Record<string, string[]> {
  const lists = blueprints.map(({ id }) => {
    const root = join(blueprintRoot, id, 'files');
    const entries = existsSync(root)
      ? readdirSync(root, { recursive: true, withFileTypes: true })
      : [];
    const paths = entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ejs'))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1, -4))
      .sort();
    return [id, paths] as const;
  });
  return Object.fromEntries(lists);
}
