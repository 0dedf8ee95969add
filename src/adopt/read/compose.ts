import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isRecord } from '../../answers/complete.ts';
import { StackError } from '../../errors.ts';
import type { Stated } from '../evidence.ts';
import { overrides, standard } from './file-names.ts';
import { type IncludeContext, type Included, includesOf } from './include.ts';
import { interpolate } from './interpolate.ts';
import { parseService } from './parse-service.ts';
import { type ForeignService, overlayService } from './service.ts';
import { nameOf, readText } from './text.ts';
import { volumesOf } from './volumes.ts';
import { readYaml } from './yaml.ts';

/** The compose files of an installation, by value. */
export interface ComposeFiles {
  /** In the order in which Compose reads them. */
  readonly files: readonly string[];
  /** What they take in with `include`. */
  readonly included: readonly Included[];
  readonly services: ReadonlyMap<string, ForeignService>;
  /** Its volumes by name, with what Docker calls them. */
  readonly volumes: ReadonlyMap<string, string>;
  /** What Compose calls the project: its containers and volumes have this in their names. */
  readonly project: string;
  /** Things in the files that are not followed, in sentences with their place. */
  readonly skipped: readonly { readonly where: string; readonly what: string }[];
}

/** More than anybody chains on purpose. */
const deepest = 10;

/** Reads the compose files that `docker compose` would take in a directory, or those that `COMPOSE_FILE` names. */
export function readCompose(directory: string, env: ReadonlyMap<string, Stated>): ComposeFiles {
  const files = composeFiles(directory, env);
  const [first = join(directory, 'compose.yaml')] = files;
  const reading: Reading = {
    directory,
    folder: dirname(first),
    env,
    skipped: [],
    included: [],
    volumes: new Map(),
    depth: 0,
  };
  const services = readProject(files, reading);
  const projectName = files.flatMap((file) => readName(file, reading) || []).at(-1);
  const named = env.get('COMPOSE_PROJECT_NAME')?.value || projectName || basename(directory);
  // As Compose does it with a directory's name.
  const project = named
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
  return {
    files: files.map((file) => nameOf(file, directory)),
    included: reading.included,
    services,
    volumes: new Map(
      [...reading.volumes].map(([name, outside]) => [name, outside ?? `${project}_${name}`]),
    ),
    project,
    skipped: reading.skipped,
  };
}

/** The services of files that Compose lays over each other, with those that they include. */
function readProject(files: readonly string[], reading: Reading): Map<string, ForeignService> {
  const services = new Map<string, ForeignService>();
  for (const file of files) {
    const { own, document } = readFile(file, reading.folder, reading);
    for (const [name, outside] of volumesOf(document.volumes, reading))
      reading.volumes.set(name, outside ?? reading.volumes.get(name));
    for (const part of includesOf(document.include, nameOf(file, reading.directory), reading)) {
      if (reading.depth >= deepest) throw circle('include', file, reading, part.files.join(', '));
      const inside = { ...reading, folder: part.folder, env: part.env, depth: reading.depth + 1 };
      const theirs = readProject(part.files, inside);
      reading.included.push({ ...part, services: [...theirs.values()] });
      for (const [name, service] of theirs) if (!services.has(name)) services.set(name, service);
    }
    for (const [name, service] of own) {
      const under = services.get(name);
      services.set(name, under ? overlayService(under, service) : service);
    }
  }
  return services;
}

function readName(file: string, { directory, env }: IncludeContext): string | undefined {
  const name = nameOf(file, directory);
  const { value } = readYaml(readText(file, name) ?? '', name);
  const raw = isRecord(value) ? value.name : undefined;
  return raw === undefined ? undefined : interpolate(String(raw), (one) => env.get(one)?.value);
}

function composeFiles(directory: string, env: ReadonlyMap<string, Stated>): string[] {
  const named = env.get('COMPOSE_FILE');
  if (named?.value) {
    const separator = env.get('COMPOSE_PATH_SEPARATOR')?.value || ':';
    return named.value.split(separator).map((file) => resolve(directory, file));
  }
  const first = (names: readonly string[]) =>
    names
      .map((name) => join(directory, name))
      .filter((file) => existsSync(file))
      .slice(0, 1);
  // Where an earlier run has begun a stack, compose.yaml is the stack's.
  const begun = existsSync(join(directory, 'jitsi-stack.lock'));
  const main = first(begun ? standard.slice(1) : standard);
  return main.length === 0 ? [] : [...main, ...first(overrides)];
}

interface Reading extends IncludeContext {
  readonly included: Included[];
  /** Names of volumes, with the name that they have outside of the project. */
  readonly volumes: Map<string, string | undefined>;
  readonly depth: number;
}

function readFile(
  file: string,
  folder: string,
  reading: Reading,
  only?: string,
): { own: Map<string, ForeignService>; document: Readonly<Record<string, unknown>> } {
  const { directory, env } = reading;
  const name = nameOf(file, directory);
  const text = readText(file, name);
  if (text === undefined) {
    throw new StackError({
      where: name,
      what: 'This compose file is named, but it is not there.',
      fix: 'Put it back, or correct COMPOSE_FILE, or the “include” or “extends” that names it.',
    });
  }
  const yaml = readYaml(text, name);
  const document = isRecord(yaml.value) ? yaml.value : {};
  const source = { directory, folder, name, yaml, env };
  const services = isRecord(document.services) ? document.services : {};
  const own = new Map<string, ForeignService>();
  for (const [service, raw] of Object.entries(services)) {
    if (!isRecord(raw) || (only !== undefined && service !== only)) continue;
    const one = parseService(service, raw, source);
    const base = extended(raw.extends, file, folder, reading);
    own.set(service, base ? { ...overlayService(base, one), name: service } : one);
  }
  return { own, document };
}

/** The service that another one extends, with what that one extends. Paths in another file start there. */
function extended(
  raw: unknown,
  file: string,
  folder: string,
  reading: Reading,
): ForeignService | undefined {
  if (raw === undefined || raw === null) return undefined;
  const { file: other, service } = isRecord(raw) ? raw : { file: undefined, service: raw };
  if (reading.depth >= deepest) throw circle('extends', file, reading, String(service));
  const path = interpolate(String(other ?? ''), (name) => reading.env.get(name)?.value);
  const target = path === '' ? file : resolve(folder, path);
  const inside = { ...reading, depth: reading.depth + 1 };
  const at = path === '' ? folder : dirname(target);
  return readFile(target, at, inside, String(service)).own.get(String(service));
}

function circle(word: string, file: string, { directory }: Reading, name: string): StackError {
  return new StackError({
    where: nameOf(file, directory),
    what: `“${word}” leads in a circle at ${name}.`,
  });
}
