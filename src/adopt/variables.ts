import type { Release } from '../releases/index.ts';
import type { Stated } from './evidence.ts';
import type { Installation } from './installation.ts';
import { interpolate } from './read/interpolate.ts';
import { jitsiRoles, type Role } from './read/roles.ts';
import type { Unseen } from './read/service.ts';

/** A name that two services were given with different values. */
export interface Disagreement {
  readonly name: string;
  readonly values: readonly { readonly service: string; readonly stated: Stated }[];
}

export interface Variables {
  readonly get: (name: string) => Stated | undefined;
  /** What one of the services is given; where it is none of this installation's, what stands in `.env`. */
  readonly at: (role: Role, name: string) => Stated | undefined;
  /** What one of the services is handed from elsewhere: its value does not stand in the files. */
  readonly unseen: (role: Role, name: string) => Unseen | undefined;
  /** Files of variables that one of the services is given and that are not there. */
  readonly missingFiles: (role: Role) => readonly string[];
  /** Everything that is set to something, by name. */
  readonly all: ReadonlyMap<string, Stated>;
  readonly disagreements: readonly Disagreement[];
}

/**
 * What the Jitsi containers of an installation are given, and what else stands in its `.env`. Empty values count as not
 * set, as the images see them. What docker-jitsi-meet's own compose file says by itself is nobody's setting.
 */
export function variablesOf({ services, env }: Installation, release: Release): Variables {
  const all = new Map<string, Stated>();
  const found = new Map<string, { service: string; stated: Stated }[]>();
  for (const role of jitsiRoles) {
    const service = services.get(role);
    for (const [name, stated] of service?.environment ?? []) {
      if (stated.value === '' || isStock(release, role, name, stated.value)) continue;
      found.set(name, [...(found.get(name) ?? []), { service: service?.name ?? role, stated }]);
      if (!all.has(name)) all.set(name, stated);
    }
  }
  for (const [name, stated] of env) {
    if (stated.value !== '' && !all.has(name)) all.set(name, stated);
  }
  const disagreements = [...found]
    .filter(([, values]) => new Set(values.map(({ stated }) => stated.value)).size > 1)
    .map(([name, values]) => ({ name, values }));
  const at = (role: Role, name: string) => {
    const stated = (services.get(role)?.environment ?? env).get(name);
    return stated?.value === '' ? undefined : stated;
  };
  return {
    all,
    get: (name) => all.get(name),
    at,
    unseen: (role, name) => services.get(role)?.unseen.get(name),
    missingFiles: (role) => services.get(role)?.missingFiles ?? [],
    disagreements,
  };
}

function isStock(release: Release, role: string, name: string, value: string): boolean {
  const fixed = release.services[role]?.fixed[name];
  return fixed !== undefined && interpolate(fixed, () => undefined) === value;
}

/** A switch as the images and their owner both understand it; `unclear` where they do not agree. */
export function switched(stated: Stated | undefined): 'on' | 'off' | 'unclear' {
  if (stated === undefined || /^(0|false|f)$/i.test(stated.value.trim())) return 'off';
  return /^(1|true|t)$/i.test(stated.value.trim()) ? 'on' : 'unclear';
}
