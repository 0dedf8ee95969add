import { relative, resolve } from 'node:path';
import { isRecord } from '../../answers/complete.ts';
import type { Evidence } from '../evidence.ts';
import type { ComposeSource } from './compose-source.ts';
import { readEnvironment, state } from './environment.ts';
import { interpolate } from './interpolate.ts';
import {
  type ForeignMount,
  type ForeignService,
  isVolumeName,
  type PublishedPort,
  shortMount,
  shortPort,
} from './service.ts';

type Raw = Readonly<Record<string, unknown>>;

/** What of `deploy` Compose leaves to Docker Swarm. */
const ofSwarm = ['labels', 'placement', 'endpoint_mode', 'update_config', 'rollback_config'];

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
  const deploy = isRecord(raw.deploy) ? raw.deploy : {};
  const image = raw.image === undefined ? undefined : state(raw.image, at('image'), source);
  const networkMode = raw.network_mode === undefined ? undefined : say(raw.network_mode);
  return {
    name,
    ...(raw.container_name !== undefined && { containerName: say(raw.container_name) }),
    ...(image && { image }),
    ...readEnvironment(raw, source, at),
    ports: list(raw.ports).flatMap((port) => readPort(port, say) ?? []),
    mounts: list(raw.volumes).flatMap((mount, index) => {
      const read = readMount(mount, say);
      return read
        ? [{ ...read, source: rebased(read.source, source), evidence: at('volumes', index) }]
        : [];
    }),
    ...(networkMode !== undefined && { networkMode }),
    networks: namesOf(raw.networks),
    labels: [...labelsOf(raw.labels), ...labelsOf(deploy.labels)].map(say),
    swarm: ofSwarm.some((name) => deploy[name] !== undefined),
    evidence: at(),
  };
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

function namesOf(raw: unknown): string[] {
  return isRecord(raw) ? Object.keys(raw) : list(raw).map(String);
}

/** A path of a project that lies elsewhere, as the installation would write it. */
function rebased(path: string, { directory, folder }: ComposeSource): string {
  if (folder === directory || !/^\.{1,2}(?:\/|$)/.test(path)) return path;
  const short = relative(directory, resolve(folder, path));
  return short.startsWith('..') ? short : `./${short}`;
}

function labelsOf(raw: unknown): string[] {
  if (isRecord(raw)) return Object.entries(raw).map(([key, value]) => `${key}=${value ?? ''}`);
  return list(raw).map(String);
}

function list(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
