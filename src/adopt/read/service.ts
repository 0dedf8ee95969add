import type { Stated } from '../evidence.ts';

/** A service of the old installation: what several files say about it, put together. */
export interface ForeignService {
  readonly name: string;
  /** What its container is called, where the file says so. */
  readonly containerName?: string;
  readonly image?: Stated;
  readonly environment: ReadonlyMap<string, Stated>;
  /** Variables whose value comes from elsewhere (a shell, `--env-file`, a panel): it does not stand in these files. */
  readonly unseen: ReadonlyMap<string, Unseen>;
  /** Files of variables that it names and that are not there. */
  readonly missingFiles: readonly string[];
  readonly ports: readonly PublishedPort[];
  readonly mounts: readonly ForeignMount[];
  readonly networkMode?: string;
  /** Names of the networks that it joins. */
  readonly networks: readonly string[];
  readonly labels: readonly string[];
  /** It says what only Docker Swarm obeys. */
  readonly swarm: boolean;
  /** File and line where it begins. */
  readonly evidence: Stated['evidence'];
}

/** Where a variable is handed on, and what it is where nothing is said elsewhere. */
export interface Unseen {
  readonly evidence: Stated['evidence'];
  readonly otherwise?: Stated;
}

/** A port of the host; `host` is undefined where Docker chooses one. */
export interface PublishedPort {
  readonly host: number | undefined;
  readonly container: number;
  readonly protocol: 'tcp' | 'udp';
  /** Address that it is bound to; undefined for all. */
  readonly address?: string;
}

export interface ForeignMount {
  /** As written: a path, or the name of a volume. */
  readonly source: string;
  readonly target: string;
  readonly named: boolean;
  readonly evidence: Stated['evidence'];
}

/** Puts what a later file (or the service that extends another) says over what there was. */
export function overlayService(under: ForeignService, over: ForeignService): ForeignService {
  const targets = new Set(over.mounts.map(({ target }) => target));
  return {
    ...under,
    ...over,
    environment: laidOver(under.environment, over.environment, over.unseen),
    unseen: laidOver(under.unseen, over.unseen, over.environment),
    missingFiles: [...under.missingFiles, ...over.missingFiles],
    ports: [...under.ports, ...over.ports],
    mounts: [...under.mounts.filter(({ target }) => !targets.has(target)), ...over.mounts],
    networks: [...under.networks, ...over.networks],
    labels: [...under.labels, ...over.labels],
    swarm: under.swarm || over.swarm,
  };
}

/** What a later file says about a name replaces all that an earlier one said about it. */
function laidOver<T>(
  under: ReadonlyMap<string, T>,
  over: ReadonlyMap<string, T>,
  gone: ReadonlyMap<string, unknown>,
): Map<string, T> {
  return new Map([...[...under].filter(([name]) => !gone.has(name)), ...over]);
}

/** `8443:443`, `127.0.0.1:8000:80/tcp`, `[::1]:80:80`, `10000:10000/udp`, `7000-7002:7000-7002`: the first port of a range counts. */
export function shortPort(text: string): PublishedPort | undefined {
  const [, address, host, container, protocol] =
    /^(?:(\[[^\]]+\]|\d+(?:\.\d+){3}):)?(?:(\d*)(?:-\d+)?:)?(\d+)(?:-\d+)?(?:\/(tcp|udp))?$/.exec(
      text.trim(),
    ) ?? [];
  if (container === undefined) return undefined;
  return {
    host: host ? Number(host) : undefined,
    container: Number(container),
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
    ...(address && { address: address.replace(/^\[|\]$/g, '') }),
  };
}

/** `./web:/config:Z`, `data:/var/lib/x`, `/anonymous`. */
export function shortMount(text: string): { source: string; target: string } | undefined {
  const parts = text.split(':');
  const [source, target] = parts;
  if (!source || !target?.startsWith('/')) return undefined;
  return { source, target: target.replace(/(.)\/+$/, '$1') };
}

/** Paths begin with a dot, a slash or a tilde; everything else is the name of a volume. */
export function isVolumeName(source: string): boolean {
  return !/^[./~]/.test(source);
}
