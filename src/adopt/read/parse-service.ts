import { resolve } from 'node:path';
import { isRecord } from '../../answers/complete.ts';
import type { Evidence, Stated } from '../evidence.ts';
import { readEnvFile } from './env.ts';
import { interpolate, namesIn } from './interpolate.ts';
import {
  type ForeignMount,
  type ForeignService,
  isVolumeName,
  type PublishedPort,
  shortMount,
  shortPort,
} from './service.ts';
import { nameOf } from './text.ts';
import type { YamlFile } from './yaml.ts';

/** The compose file that is read, and the variables that it is read with. */
export interface ComposeSource {
  /** Directory of the installation. */
  readonly directory: string;
  /** Directory of this file: paths in it start there. */
  readonly folder: string;
  readonly name: string;
  readonly yaml: YamlFile;
  readonly env: ReadonlyMap<string, Stated>;
}

type Raw = Readonly<Record<string, unknown>>;

/** Reads what one file says about one service; what it extends is not in it. */
export function parseService(name: string, raw: Raw, source: ComposeSource): ForeignService {
  const place = ['services', name];
  const at = (...rest: (string | number)[]): Evidence => ({
    file: source.name,
    line: source.yaml.lineOf([...place, ...rest]),
    key: [...place, ...rest].filter((step) => typeof step === 'string').join('.'),
  });
  const lookup = (variable: string) => source.env.get(variable)?.value;
  const say = (value: unknown) => interpolate(String(value ?? ''), lookup);
  const image = raw.image === undefined ? undefined : state(raw.image, at('image'), source);
  const networkMode = raw.network_mode === undefined ? undefined : say(raw.network_mode);
  return {
    name,
    ...(image && { image }),
    environment: new Map([...envFiles(raw, source), ...environment(raw, source, at)]),
    ports: list(raw.ports).flatMap((port) => readPort(port, say) ?? []),
    mounts: list(raw.volumes).flatMap((mount, index) => {
      const read = readMount(mount, say);
      return read ? [{ ...read, evidence: at('volumes', index) }] : [];
    }),
    ...(networkMode !== undefined && { networkMode }),
    labels: labelsOf(raw.labels).map(say),
    evidence: at(),
  };
}

/** A value with the place to change it: the variable behind it, where it is nothing else. */
function state(raw: unknown, here: Evidence, { env }: ComposeSource): Stated {
  const text = String(raw ?? '');
  const value = interpolate(text, (name) => env.get(name)?.value);
  const behind = namesIn(text).flatMap((name) => env.get(name) ?? [])[0];
  return { value, evidence: behind?.evidence ?? here };
}

function environment(
  { environment: raw }: Raw,
  source: ComposeSource,
  at: (...rest: (string | number)[]) => Evidence,
): [string, Stated][] {
  const entries: [name: string, raw: unknown, evidence: Evidence][] = Array.isArray(raw)
    ? raw.map((entry, index) => {
        const [, name = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(String(entry ?? '')) ?? [];
        return [name, value, { ...at('environment', index), key: name }];
      })
    : Object.entries(isRecord(raw) ? raw : {}).map(([name, value]) => [
        name,
        value,
        { ...at('environment', name), key: name },
      ]);
  return entries.flatMap(([name, value, evidence]): [string, Stated][] => {
    if (value !== undefined && value !== null) return [[name, state(value, evidence, source)]];
    // A name alone is handed on from `.env`.
    const handed = source.env.get(name);
    return handed ? [[name, handed]] : [];
  });
}

/** Files of variables for one container; later ones win. */
function envFiles({ env_file: raw }: Raw, { directory, folder, env }: ComposeSource) {
  return list(raw).flatMap((entry) => {
    const path = isRecord(entry) ? entry.path : entry;
    const file = resolve(
      folder,
      interpolate(String(path ?? ''), (name) => env.get(name)?.value),
    );
    const values = readEnvFile(file, nameOf(file, directory), (name) => env.get(name)?.value);
    return [...(values ?? [])];
  });
}

function readPort(raw: unknown, say: (value: unknown) => string): PublishedPort | undefined {
  if (!isRecord(raw)) return shortPort(say(raw));
  const short = shortPort(`${say(raw.published) || '0'}:${say(raw.target)}`);
  return (
    short && {
      container: short.container,
      host: short.host || undefined,
      protocol: raw.protocol === 'udp' ? 'udp' : 'tcp',
      ...(raw.host_ip !== undefined && { address: say(raw.host_ip) }),
    }
  );
}

function readMount(
  raw: unknown,
  say: (value: unknown) => string,
): Omit<ForeignMount, 'evidence'> | undefined {
  const mount = isRecord(raw)
    ? { source: say(raw.source), target: say(raw.target) }
    : shortMount(say(raw));
  if (!mount || mount.source === '' || (isRecord(raw) && raw.type === 'tmpfs')) return undefined;
  return { ...mount, named: isRecord(raw) ? raw.type === 'volume' : isVolumeName(mount.source) };
}

function labelsOf(raw: unknown): string[] {
  if (isRecord(raw)) return Object.entries(raw).map(([key, value]) => `${key}=${value ?? ''}`);
  return list(raw).map(String);
}

function list(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
