import { statSync } from 'node:fs';
import { join } from 'node:path';
import { StackError } from '../errors.ts';
import type { Evidence, Stated } from './evidence.ts';
import { readCheckout } from './read/checkout.ts';
import { type ComposeFiles, readCompose } from './read/compose.ts';
import { readCommented, readEnvFile } from './read/env.ts';
import { filesOf } from './read/file-names.ts';
import { readSites, type Site } from './read/nginx.ts';
import { type Places, readPlaces } from './read/places.ts';
import { jitsiRoles, type Role, roleOfImage } from './read/roles.ts';
import type { ForeignService } from './read/service.ts';
import { sortServices } from './read/sort-services.ts';

/** A Jitsi Meet that somebody runs already, as its files describe it. Nothing of it is executed or changed. */
export interface Installation {
  /** Absolute. */
  readonly directory: string;
  /** `upstream`: a checkout or release folder of docker-jitsi-meet; `own`: a compose project of the owner's. */
  readonly kind: 'upstream' | 'own';
  /** Why it is taken for upstream's. */
  readonly sign?: string;
  readonly env: ReadonlyMap<string, Stated>;
  /** Lines of the same files that set a variable and are commented out. */
  readonly commented: ReadonlyMap<string, Evidence>;
  /** The files that `env` was read from, as people call them; empty where there was none. */
  readonly envFiles: readonly string[];
  /** What `docker compose` needs to be told to read the same ones. */
  readonly composeOptions: readonly string[];
  readonly compose: ComposeFiles;
  /** Its services by what they are; those of no known role are in `others`, and further ones of a role. */
  readonly services: ReadonlyMap<Role, ForeignService>;
  readonly others: readonly ForeignService[];
  /** What containers read and write, on this host. */
  readonly places: Places;
  /** Sites of a reverse proxy that is part of it. */
  readonly sites: readonly Site[];
}

/** A file of variables that Compose is given instead of `.env`. */
export interface EnvFile {
  readonly path: string;
  /** As its owner typed it. */
  readonly named: string;
}

/**
 * Reads an installation.
 *
 * @param given files that take the place of `.env`, later ones win: what `docker compose --env-file` is given
 * @throws StackError when there is none in the directory, or one of its files cannot be read
 */
export function readInstallation(
  directory: string,
  named: string,
  given: readonly EnvFile[] = [],
): Installation {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new StackError({
      where: named,
      what: 'There is no such directory.',
      fix: 'Name the directory that holds the old installation’s docker-compose.yml and .env.',
    });
  }
  const own = readEnv(directory, given);
  const compose = readCompose(directory, own.env);
  const { env, commented, envFiles } = withIncluded(own, compose);
  const sitesOf = (service: ForeignService) => readSites(directory, service);
  const { services, others } = sortServices([...compose.services.values()], sitesOf);
  const nginx = services.get('nginx');
  const sign = readCheckout(directory);
  if (services.size === 0 && !(sign !== undefined && env.size > 0)) {
    throw new StackError({
      where: named,
      what:
        compose.files.length > 0
          ? `There is no Jitsi in ${filesOf(compose).join(', ')}: no image of web, prosody, jicofo or jvb.`
          : 'There is no compose file here, so this is no installation that could be adopted.',
      fix: 'Name the directory that holds the old installation’s docker-compose.yml and .env.',
    });
  }
  return {
    directory,
    kind: sign === undefined ? 'own' : 'upstream',
    ...(sign !== undefined && { sign }),
    env,
    commented,
    envFiles,
    composeOptions: given.flatMap(({ path }) => ['--env-file', path]),
    compose,
    services,
    others,
    places: readPlaces(directory, env, services, compose.volumes),
    sites: nginx ? sitesOf(nginx) : [],
  };
}

interface Environment {
  readonly env: ReadonlyMap<string, Stated>;
  readonly commented: ReadonlyMap<string, Evidence>;
  readonly envFiles: readonly string[];
}

/** Variables of the included projects that have services of Jitsi's, below those of the whole. */
function withIncluded(own: Environment, { included }: ComposeFiles): Environment {
  const jitsi = included.filter(({ services }) =>
    services.some((service) => jitsiRoles.some((role) => role === roleOfImage(service))),
  );
  return {
    env: new Map([...jitsi.flatMap(({ env }) => [...env]), ...own.env]),
    commented: new Map([...jitsi.flatMap((part) => [...part.commented]), ...own.commented]),
    envFiles: [...own.envFiles, ...jitsi.flatMap((part) => part.envFiles)],
  };
}

function readEnv(directory: string, given: readonly EnvFile[]): Environment {
  const files = given.length > 0 ? given : [{ path: join(directory, '.env'), named: '.env' }];
  const env = new Map<string, Stated>();
  const commented = new Map<string, Evidence>();
  const envFiles: string[] = [];
  for (const { path, named } of files) {
    const values = readEnvFile(path, named, (name) => env.get(name)?.value);
    if (values) envFiles.push(named);
    else if (given.length > 0)
      throw new StackError({
        where: `--env-file ${named}`,
        what: 'There is no such file.',
        fix: 'Name the file that you give docker compose with --env-file.',
      });
    for (const [name, stated] of values ?? []) env.set(name, stated);
    for (const [name, evidence] of readCommented(path, named)) commented.set(name, evidence);
  }
  return { env, commented, envFiles };
}
