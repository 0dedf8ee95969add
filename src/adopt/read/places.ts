import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { Stated } from '../evidence.ts';
import type { Role } from './roles.ts';
import type { ForeignService } from './service.ts';

/** What one target in a container is on this host: a path in what is mounted, or a volume that only Docker can read. */
export type Place =
  | { readonly path: string; readonly mount: string }
  | {
      /** As Docker calls it. */
      readonly volume: string;
      /** Path in it, without a slash before it; empty for all of it. */
      readonly inside: string;
    };

export interface Places {
  /** By role and the path in its container; a subdirectory of a mount is found too. */
  readonly of: (role: Role, target: string) => Place | undefined;
  /** Where `CONFIG` leads; undefined where it is not set. */
  readonly config?: { readonly stated: Stated; readonly path: string };
}

/** Mounts of docker-jitsi-meet's own compose files below CONFIG, for a folder that has its `.env` only. */
const usual: readonly (readonly [Role, string, string])[] = [
  ['web', '/config', 'web'],
  ['web', '/storage', 'storage/web'],
  ['prosody', '/config', 'prosody/config'],
  ['prosody', '/prosody-plugins-custom', 'prosody/prosody-plugins-custom'],
  ['prosody', '/var/lib/prosody', 'storage/prosody'],
  ['jicofo', '/config', 'jicofo'],
  ['jvb', '/config', 'jvb'],
];

/** Finds what the containers of an installation read and write. */
export function readPlaces(
  directory: string,
  env: ReadonlyMap<string, Stated>,
  services: ReadonlyMap<Role, ForeignService>,
  volumes: ReadonlyMap<string, string>,
): Places {
  const homes = homesFor(directory);
  const absolute = (source: string) => locate(source, directory, homes);
  const stated = env.get('CONFIG');
  const config = stated?.value ? { stated, path: absolute(stated.value) } : undefined;
  return {
    ...(config && { config }),
    of(role, target) {
      const service = services.get(role);
      const mounts = service?.mounts ?? [];
      const below = [...mounts]
        .filter((mount) => target === mount.target || target.startsWith(`${mount.target}/`))
        .sort((a, b) => b.target.length - a.target.length)[0];
      if (below?.named) {
        const inside = target.slice(below.target.length).replace(/^\//, '');
        return { volume: volumes.get(below.source) ?? below.source, inside };
      }
      if (below) {
        const mount = absolute(below.source);
        return { path: join(mount, target.slice(below.target.length)), mount };
      }
      const known = usual.find(([who, where]) => who === role && inside(target, where));
      if (service || !known || !config) return undefined;
      const mount = join(config.path, known[2]);
      return { path: join(mount, target.slice(known[1].length)), mount };
    },
  };
}

function inside(target: string, mount: string): boolean {
  return target === mount || target.startsWith(`${mount}/`);
}

/** Compose takes `~` for the home of whoever calls it; that was not necessarily who calls this now. */
function locate(source: string, directory: string, homes: readonly string[]): string {
  if (!/^~(\/|$)/.test(source)) return isAbsolute(source) ? source : resolve(directory, source);
  const paths = homes.map((home) => join(home, source.slice(1)));
  return paths.find((path) => existsSync(path)) ?? paths[0] ?? source;
}

/** Homes to look in: the caller's, that of the directory's owner, that of whoever called sudo. */
function homesFor(directory: string): string[] {
  const owner = statSync(directory, { throwIfNoEntry: false })?.uid;
  const callers = [owner, Number(process.env.SUDO_UID ?? Number.NaN)];
  let accounts = '';
  try {
    accounts = readFileSync('/etc/passwd', 'utf8');
  } catch {
    // Not on every system; the caller's own home is known all the same.
  }
  const found = accounts
    .split('\n')
    .map((line) => line.split(':'))
    .filter(([, , uid]) => callers.includes(Number(uid)))
    .map((fields) => fields[5] ?? '');
  return [...new Set([homedir(), ...found.filter((home) => home !== '')])];
}
