import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BroughtOver } from './adopt/copy-takes.ts';
import { type Handover, withHandover } from './adopt/handover.ts';
import type { Plan } from './plan/plan.ts';
import { ensureCertificate, lacksCertificate } from './secrets/certificate.ts';
import { ensureSecrets, SecretsMissing, type SecretsReport } from './secrets/index.ts';
import { commitOwnerFiles, type Generation } from './sync/index.ts';

/** What a stack has on its machine alone, outside git: `.env`, the first certificate, what was adopted. Names only. */
export interface LocalReport {
  /** Names that were put into `.env`, or would be. */
  readonly secrets: Pick<SecretsReport, 'added' | 'taken'>;
  /** A self-signed pair was put into `certs/`, or would be. */
  readonly certificate: boolean;
  /** Present where an installation was adopted. */
  readonly broughtOver?: BroughtOver;
  readonly notes: readonly string[];
  /** Anything was written, or would be. */
  readonly changes: boolean;
}

/** Where secrets come from that are not made. */
export interface OwnSecrets {
  readonly handover: Handover | undefined;
  /** Secrets that the owner has typed, by name. */
  readonly entered: ReadonlyMap<string, string> | undefined;
  /** What was written with the secrets lies where nobody here sees it. */
  readonly inUse: boolean;
}

/**
 * Says what `makeLocal` would do, and writes nothing.
 *
 * @throws StackError for what it would refuse
 */
export async function foreseeLocal(
  directory: string,
  plan: Plan,
  brought: OwnSecrets,
): Promise<LocalReport> {
  const secrets = await secretsOf(directory, plan, brought, true);
  const isBrought = brought.handover?.takes.some(({ kind }) => kind === 'certificate') === true;
  const certificate = !isBrought && isShown(plan) && (await lacksCertificate(directory));
  return {
    secrets: { added: secrets.added, taken: secrets.taken },
    certificate,
    notes: secrets.notes,
    changes: secrets.changes || certificate,
  };
}

/** Makes what is missing of secrets and certificate, with what is taken over from an older installation. */
export async function makeLocal(
  directory: string,
  plan: Plan,
  brought: OwnSecrets,
  generation: Generation,
): Promise<LocalReport> {
  const { handover } = brought;
  const secrets = await secretsOf(directory, plan, brought, false);
  const broughtOver = handover && (await inherit(directory, plan, handover, generation));
  const certificate = isShown(plan) && (await ensureCertificate(directory, plan.certificate.names));
  return {
    secrets: { added: secrets.added, taken: secrets.taken },
    certificate,
    ...(broughtOver && { broughtOver }),
    notes: [...secrets.notes, ...(broughtOver?.notes ?? [])],
    changes: secrets.changes || certificate || broughtOver !== undefined,
  };
}

/** In a cluster, certificates are the cluster's affair. */
function isShown({ certificate: { names } }: Plan): boolean {
  return names.length > 0;
}

type Secrets = LocalReport['secrets'] & Pick<LocalReport, 'notes' | 'changes'>;

async function secretsOf(
  directory: string,
  plan: Plan,
  { handover, entered, inUse }: OwnSecrets,
  dryRun: boolean,
): Promise<Secrets> {
  try {
    const report = await ensureSecrets(directory, withHandover(plan.secrets, handover), {
      // Containers wrote data here with the old secrets; without data, new ones lock nobody out.
      expected: inUse || existsSync(join(directory, 'data')),
      dryRun,
      ...(handover && { values: handover.secrets }),
      ...(entered && { entered }),
    });
    return {
      added: report.added,
      taken: report.taken,
      notes: secretNotes(report, dryRun),
      changes: report.written || report.wasReadable !== undefined,
    };
  } catch (error) {
    if (!(error instanceof SecretsMissing)) throw error;
    return {
      added: [],
      taken: [],
      notes: [inUse ? inCluster : error.message],
      changes: false,
    };
  }
}

const inCluster =
  '.env is not here. The cluster has its secrets, and new ones would not fit: README.md says under “What is yours” how .env comes back from there.';

/** What the owner should know of `.env`; names only. */
function secretNotes({ toFill, wasReadable }: SecretsReport, dryRun: boolean): string[] {
  const notes: string[] = [];
  if (toFill.length > 0) notes.push(`Fill in ${toFill.join(', ')} in .env before the first start.`);
  if (wasReadable !== undefined) {
    const now = dryRun
      ? `Others on this machine can read .env (${wasReadable}); a run leaves it to its owner alone.`
      : `.env could be read by others on this machine (${wasReadable}); now only its owner can.`;
    notes.push(`${now} If others were there, run ./stack rotate.`);
  }
  return notes;
}

/** Of a machine that is gone, neither password nor certificate stays behind; files of its owner's do. */
export function forgetMachines(directory: string, { machines = [] }: Plan): void {
  const folder = join(directory, 'machines');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const place = join(folder, name);
    if (machines.some((one) => one.name === name) || existsSync(join(place, 'compose.yaml')))
      continue;
    const services = existsSync(join(place, 'jitsi')) ? readdirSync(join(place, 'jitsi')) : [];
    const stores = services.map((service) => `jitsi/${service}/trust.jks`);
    for (const path of ['.env', ...stores]) rmSync(join(place, path), { force: true });
  }
}

/** Copies accounts, hooks and certificate of the old installation, and commits the hooks. */
async function inherit(
  directory: string,
  { release }: Plan,
  { from, takes, owner }: Handover,
  generation: Generation,
): Promise<BroughtOver> {
  const { copyTakes } = await import('./adopt/copy-takes.ts');
  const { files } = await generation.generate();
  const seeds = files.filter(({ kind }) => kind === 'seeded');
  const over = await copyTakes(directory, takes, {
    ...(release.rootless && { owner: 1000 }),
    reader: owner,
    seeds: new Map(seeds.map(({ path, text }) => [path, text])),
  });
  await commitOwnerFiles(directory, over.hooks, `Take over the hooks of ${from}`);
  return over;
}
