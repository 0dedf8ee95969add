import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isRecord } from '../../answers/complete.ts';
import { StackError } from '../../errors.ts';
import type { Stated } from '../evidence.ts';
import { interpolate } from './interpolate.ts';
import { parseService } from './parse-service.ts';
import { type ForeignService, overlayService } from './service.ts';
import { nameOf, readText } from './text.ts';
import { readYaml } from './yaml.ts';

/** The compose files of an installation, by value. */
export interface ComposeFiles {
  /** In the order in which Compose reads them. */
  readonly files: readonly string[];
  readonly services: ReadonlyMap<string, ForeignService>;
  /** What Compose calls the project: its containers and volumes have this in their names. */
  readonly project: string;
  /** Things in the files that are not followed, in sentences with their place. */
  readonly skipped: readonly { readonly where: string; readonly what: string }[];
}

const standard = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
/** Compose takes the first of these by itself, whatever the other file is called. */
export const overrides: readonly string[] = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];
/** More than anybody chains on purpose. */
const deepest = 10;

/** Reads the compose files that `docker compose` would take in a directory, or those that `COMPOSE_FILE` names. */
export function readCompose(directory: string, env: ReadonlyMap<string, Stated>): ComposeFiles {
  const files = composeFiles(directory, env);
  const skipped: { where: string; what: string }[] = [];
  let services = new Map<string, ForeignService>();
  let projectName: string | undefined;
  for (const file of files) {
    const reading = { directory, env, skipped };
    const own = readFile(file, reading);
    projectName = readName(file, reading) ?? projectName;
    const merged = new Map(services);
    for (const [name, service] of own) {
      const under = services.get(name);
      merged.set(name, under ? overlayService(under, service) : service);
    }
    services = merged;
  }
  const project = env.get('COMPOSE_PROJECT_NAME')?.value || projectName || basename(directory);
  return {
    files: files.map((file) => nameOf(file, directory)),
    services,
    // As Compose does it with a directory's name.
    project: project
      .toLowerCase()
      .replace(/[^a-z0-9_-]/g, '')
      .replace(/^[_-]+/, ''),
    skipped,
  };
}

function readName(file: string, { directory, env }: Reading): string | undefined {
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

interface Reading {
  readonly directory: string;
  readonly env: ReadonlyMap<string, Stated>;
  readonly skipped: { where: string; what: string }[];
}

function readFile(
  file: string,
  reading: Reading,
  only?: string,
  depth = 0,
): Map<string, ForeignService> {
  const { directory, env, skipped } = reading;
  const name = nameOf(file, directory);
  const text = readText(file, name);
  if (text === undefined) {
    throw new StackError({
      where: name,
      what: 'This compose file is named, but it is not there.',
      fix: 'Put it back, or correct COMPOSE_FILE or the “extends” that names it.',
    });
  }
  const yaml = readYaml(text, name);
  const document = isRecord(yaml.value) ? yaml.value : {};
  if (document.include !== undefined) {
    skipped.push({ where: name, what: 'Files under “include” are not read.' });
  }
  const source = { directory, folder: dirname(file), name, yaml, env };
  const services = isRecord(document.services) ? document.services : {};
  const result = new Map<string, ForeignService>();
  for (const [service, raw] of Object.entries(services)) {
    if (!isRecord(raw) || (only !== undefined && service !== only)) continue;
    const own = parseService(service, raw, source);
    const base = extended(raw.extends, file, reading, depth, env);
    result.set(service, base ? { ...overlayService(base, own), name: service } : own);
  }
  return result;
}

/** The service that another one extends, with what that one extends. */
function extended(
  raw: unknown,
  file: string,
  reading: Reading,
  depth: number,
  env: ReadonlyMap<string, Stated>,
): ForeignService | undefined {
  if (raw === undefined || raw === null) return undefined;
  const { file: other, service } = isRecord(raw) ? raw : { file: undefined, service: raw };
  if (depth >= deepest) {
    throw new StackError({
      where: nameOf(file, reading.directory),
      what: `“extends” leads in a circle at ${String(service)}.`,
    });
  }
  const path = interpolate(String(other ?? ''), (name) => env.get(name)?.value);
  const target = path === '' ? file : resolve(dirname(file), path);
  return readFile(target, reading, String(service), depth + 1).get(String(service));
}
