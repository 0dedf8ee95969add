import { statSync } from 'node:fs';
import { join } from 'node:path';
import { StackError } from '../errors.ts';
import type { Stated } from './evidence.ts';
import { readCheckout } from './read/checkout.ts';
import { type ComposeFiles, readCompose } from './read/compose.ts';
import { readEnvFile } from './read/env.ts';
import { readSites, type Site } from './read/nginx.ts';
import { type Places, readPlaces } from './read/places.ts';
import { type Role, roleOf } from './read/roles.ts';
import type { ForeignService } from './read/service.ts';

/** A Jitsi Meet that somebody runs already, as its files describe it. Nothing of it is executed or changed. */
export interface Installation {
  /** Absolute. */
  readonly directory: string;
  /** `upstream`: a checkout or release folder of docker-jitsi-meet; `own`: a compose project of the owner's. */
  readonly kind: 'upstream' | 'own';
  /** Why it is taken for upstream's. */
  readonly sign?: string;
  readonly env: ReadonlyMap<string, Stated>;
  readonly compose: ComposeFiles;
  /** Its services by what they are; services of no known role are in `others`. */
  readonly services: ReadonlyMap<Role, ForeignService>;
  readonly others: readonly ForeignService[];
  /** What containers read and write, on this host. */
  readonly places: Places;
  /** Sites of a reverse proxy that is part of it. */
  readonly sites: readonly Site[];
}

/**
 * Reads an installation.
 *
 * @throws StackError when there is none in the directory, or one of its files cannot be read
 */
export function readInstallation(directory: string, named: string): Installation {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new StackError({
      where: named,
      what: 'There is no such directory.',
      fix: 'Name the directory that holds the old installation’s docker-compose.yml and .env.',
    });
  }
  const env = readEnvFile(join(directory, '.env'), '.env') ?? new Map<string, Stated>();
  const compose = readCompose(directory, env);
  const { services, others } = sorted([...compose.services.values()]);
  const sign = readCheckout(directory);
  if (services.size === 0 && !(sign !== undefined && env.size > 0)) {
    throw new StackError({
      where: named,
      what:
        compose.files.length > 0
          ? `There is no Jitsi in ${compose.files.join(', ')}: no image of web, prosody, jicofo or jvb.`
          : 'There is no compose file here, so this is no installation that could be adopted.',
      fix: 'Name the directory that holds the old installation’s docker-compose.yml and .env.',
    });
  }
  return {
    directory,
    kind: sign === undefined ? 'own' : 'upstream',
    ...(sign !== undefined && { sign }),
    env,
    compose,
    services,
    others,
    places: readPlaces(directory, env, services),
    sites: readSites(directory, [...services.values()]),
  };
}

function sorted(all: readonly ForeignService[]) {
  const services = new Map<Role, ForeignService>();
  const others: ForeignService[] = [];
  for (const service of all) {
    const role = roleOf(service);
    if (role === undefined || services.has(role)) others.push(service);
    else services.set(role, service);
  }
  return { services, others };
}
