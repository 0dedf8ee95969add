import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { append, fill, lastOf, parseEnv, quoteValue } from '../env-file.ts';
import { type Problem, StackError } from '../errors.ts';
import { type Access, replaceSecret } from './replace.ts';

/** Name of the file that holds the secrets; it is never in git. */
const envName = '.env';

export interface SecretName {
  readonly name: string;
  /** What it is for; put above it in the file. */
  readonly about?: string;
  /** Somebody else made it: its name is put into the file, and the owner fills it in. */
  readonly given?: boolean;
}

export interface SecretsOptions {
  /** The stack was generated before, so its secrets exist somewhere: on the server, or in a backup. */
  readonly expected?: boolean;
  /** Report and write nothing. */
  readonly dryRun?: boolean;
  /** Secrets of an older installation, by name: they are put in where this file has none, and no others are made for them. */
  readonly values?: ReadonlyMap<string, string>;
  /** Secrets that the owner has just typed, by name; they take the place of none. */
  readonly entered?: ReadonlyMap<string, string>;
}

/** Names only: no value ever leaves the file. */
export interface SecretsReport {
  /** Appended, or filled in where the value was empty. */
  readonly added: string[];
  readonly kept: string[];
  /** Put in from `values`. */
  readonly taken: string[];
  /** Made by others and still empty: the owner has to fill them in. */
  readonly toFill: string[];
  /** The file was written, or would be if this were no dry run. */
  readonly written: boolean;
  /** The rights that the file had, when others could read it. */
  readonly wasReadable?: string;
}

/** The secrets of an existing stack are not here. They pair with data on its server, so inventing others would lock it out. */
export class SecretsMissing extends StackError {
  override readonly name = 'SecretsMissing';
}

/** Makes the secrets that are missing from `.env` and leaves the rest of it byte for byte as it is. */
export async function ensureSecrets(
  directory: string,
  names: readonly SecretName[],
  options: SecretsOptions = {},
): Promise<SecretsReport> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const report = await tryOnce(directory, names, options);
    if (report) return report;
  }
  throw refused({
    what: 'Another program keeps changing this file.',
    fix: 'Stop it and run this again.',
  });
}

/** Undefined when the file changed while it was worked on. */
async function tryOnce(
  directory: string,
  names: readonly SecretName[],
  { expected, dryRun, values = new Map(), entered = new Map() }: SecretsOptions,
): Promise<SecretsReport | undefined> {
  const found = await find(directory);
  if (!found && names.length === 0)
    return { added: [], kept: [], taken: [], toFill: [], written: false };
  if (!found && expected && values.size === 0) throw missing(names);

  const before = parseEnv(found?.text ?? '');
  const isSet = ({ name }: SecretName): boolean => lastOf(before, name)?.isEmpty === false;
  const wanted = names.filter((secret) => !isSet(secret));
  const text = complete(found?.text ?? '', wanted, values, entered);
  const open = wanted.filter(({ name }) => !values.has(name) && !entered.has(name));
  const readable = found && (found.access.mode & 0o077) !== 0;
  const report: SecretsReport = {
    added: open.filter(({ given }) => !given).map(({ name }) => name),
    kept: names.filter(isSet).map(({ name }) => name),
    taken: wanted.filter(({ name }) => values.has(name)).map(({ name }) => name),
    toFill: open.filter(({ given }) => given).map(({ name }) => name),
    written: text !== found?.text,
    ...(readable ? { wasReadable: found.access.mode.toString(8).padStart(4, '0') } : {}),
  };
  if (dryRun) return report;
  if (!report.written) {
    if (readable && found) await close(found);
    return report;
  }
  if (found && (await readFile(found.file, 'latin1')) !== found.text) return undefined;
  const access = found && { ...found.access, mode: found.access.mode & 0o700 };
  const written = await replaceSecret(
    found?.file ?? join(directory, envName),
    Buffer.from(text, 'latin1'),
    access,
  );
  return written ? report : undefined;
}

/** Fills empty values where they stand and appends the names that are not there. */
function complete(
  text: string,
  wanted: readonly SecretName[],
  values: ReadonlyMap<string, string>,
  entered: ReadonlyMap<string, string>,
): string {
  const valueFor = ({ name, given }: SecretName): string => {
    const value = values.get(name) ?? entered.get(name);
    if (value !== undefined) return Buffer.from(quoteValue(value)).toString('latin1');
    return given ? '' : randomBytes(16).toString('hex');
  };
  const absent: SecretName[] = [];
  let result = text;
  for (const secret of wanted) {
    const empty = lastOf(parseEnv(result), secret.name);
    const value = valueFor(secret);
    if (empty === undefined) absent.push(secret);
    else if (value !== '') result = fill(result, empty, value);
  }
  const block = (title: string, secrets: readonly SecretName[]) => {
    if (secrets.length === 0) return;
    const lines = secrets.flatMap((secret) => [
      ...(secret.about === undefined ? [] : [`# ${secret.about.replace(/\s*\n\s*/g, ' ')}`]),
      `${secret.name}=${valueFor(secret)}`,
    ]);
    result = append(result, [`# ${title} Keep a copy in a safe place.`, ...lines]);
  };
  block(
    'From the installation that this stack replaces.',
    absent.filter(({ name }) => values.has(name)),
  );
  block(
    'Made by create-jitsi-stack, once.',
    absent.filter(({ name }) => !values.has(name)),
  );
  return result;
}

interface Found {
  /** Where the file really is: `.env` may be a link. */
  readonly file: string;
  readonly text: string;
  readonly access: Access;
}

async function find(directory: string): Promise<Found | undefined> {
  const path = join(directory, envName);
  const named = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (!named) return undefined;
  const file = await realpath(path).catch((cause) => {
    const problem = {
      what: 'It is a link to a file that does not exist.',
      fix: 'Create that file or remove the link, and run this again.',
    };
    throw refused(problem, cause);
  });
  const stats = await lstat(file);
  if (!stats.isFile()) {
    throw refused({
      what: 'It is not a file.',
      why: 'Docker makes a directory when it is told to mount a file that does not exist.',
      fix: 'Remove it and run this again.',
    });
  }
  // Whoever may make a link here could otherwise have root write into any file.
  if (named.isSymbolicLink() && stats.uid !== named.uid) throw notTheirs(file);
  const access = { mode: stats.mode & 0o777, uid: stats.uid, gid: stats.gid };
  const text = await readFile(file, 'latin1').catch((cause) => {
    throw refused({ what: 'It cannot be read.', fix: 'Run this as its owner or as root.' }, cause);
  });
  if (named.isSymbolicLink() && /\S/.test(text) && !/^\s*(export\s+)?\w+\s*=/m.test(text))
    throw noEnvironment(file);
  return { file, text, access };
}

/** Takes everybody else's rights away, by a handle: its name may be another file's meanwhile. */
async function close({ file, access }: Found): Promise<void> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    await handle.chmod(access.mode & 0o700);
  } finally {
    await handle.close();
  }
}

function notTheirs(file: string): StackError {
  return refused({
    what: `It is a link to ${file}, which belongs to somebody else than the link does.`,
    why: 'Secrets are appended to it, and its rights are changed.',
    fix: 'Put a file of the stack’s owner there, or make the link as the owner of that file.',
  });
}

function noEnvironment(file: string): StackError {
  return refused({
    what: `It is a link to ${file}, which holds no line NAME=value.`,
    why: 'Secrets would be appended to a file that is something else.',
    fix: 'Let the link lead to the file with the secrets, or remove it.',
  });
}

function missing(names: readonly SecretName[]): SecretsMissing {
  return new SecretsMissing({
    where: envName,
    what: `This stack was generated before, but its secrets are not here (${names.map(({ name }) => name).join(', ')}).`,
    why: 'They pair with the accounts and data on its server; new ones would not fit.',
    fix: 'Copy .env from the server or a backup. If it is lost, ./stack up --new-secrets makes new secrets on the server and tells prosody; people keep their accounts.',
  });
}

function refused(problem: Problem, cause?: unknown): StackError {
  return new StackError({ where: envName, ...problem }, { cause });
}
