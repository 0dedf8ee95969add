import { parse } from 'yaml';
import type { MountFacts } from '../facts.ts';
import type { SourceTree } from './tree.ts';

/** A service as the compose files of docker-jitsi-meet write it; only the keys that they use. */
export interface ComposeService {
  readonly file: string;
  readonly image: string;
  readonly ports: readonly string[];
  readonly expose: readonly string[];
  readonly mounts: readonly MountFacts[];
  readonly tmpfs: readonly string[];
  readonly readOnly: boolean;
  readonly capabilities: readonly string[];
  readonly shmSize: string | undefined;
  readonly user: string | undefined;
  readonly command: readonly string[];
  readonly aliases: readonly string[];
  readonly dependsOn: readonly string[];
  /** Names that are handed on from the `.env` file. */
  readonly passed: readonly string[];
  readonly fixed: Readonly<Record<string, string>>;
}

/** Services of all compose files in the tree's top folder, by name. */
export function readComposeServices(tree: SourceTree): Map<string, ComposeService> {
  const services = new Map<string, ComposeService>();
  for (const file of tree.paths.filter((path) => /^[\w-]+\.ya?ml$/.test(path))) {
    const document = parse(tree.read(file)) as { services?: Record<string, RawService> } | null;
    for (const [name, raw] of Object.entries(document?.services ?? {})) {
      if (raw?.image !== undefined) services.set(name, readService(file, raw));
    }
  }
  return services;
}

type RawService = { image?: string } & Record<string, unknown>;

function readService(file: string, raw: RawService): ComposeService {
  const environment = list(raw.environment);
  const networks = Object.values((raw.networks ?? {}) as Record<string, { aliases?: unknown }>);
  return {
    file,
    image: raw.image ?? '',
    ports: list(raw.ports),
    expose: list(raw.expose),
    mounts: list(raw.volumes).map(mount),
    tmpfs: list(raw.tmpfs),
    readOnly: raw.read_only === true,
    capabilities: list(raw.cap_add),
    shmSize: raw.shm_size === undefined ? undefined : String(raw.shm_size),
    user: raw.user === undefined ? undefined : String(raw.user),
    command: list(raw.command),
    aliases: networks.flatMap((network) => list(network?.aliases)),
    dependsOn: list(raw.depends_on),
    passed: environment.filter((entry) => !entry.includes('=')),
    fixed: Object.fromEntries(
      environment
        .filter((entry) => entry.includes('='))
        .map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
    ),
  };
}

function mount(text: string): MountFacts {
  // No source or target of these files has a colon, but `${CONFIG:-…}` might come.
  const parts = text.replace(/^\$\{CONFIG[^}]*\}\//, '').split(':');
  const options = (parts[2] ?? '').split(',');
  return {
    source: parts[0] ?? '',
    target: (parts[1] ?? '').replace(/(.)\/$/, '$1'),
    ...(options.includes('ro') && { readOnly: true as const }),
    ...(options.includes('z') && { shared: true as const }),
  };
}

function list(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
