import type { Site } from './nginx.ts';
import { type FrontRole, frontRoles, type Role, roleOfImage, roleOfName } from './roles.ts';
import type { ForeignService } from './service.ts';

/** The services of an installation by what they are. */
export interface Sorted {
  readonly services: ReadonlyMap<Role, ForeignService>;
  /** Those of no known role, and further ones of a role. */
  readonly others: readonly ForeignService[];
}

/** Servers that stand in front of others only where they are told to. */
const ambiguous: readonly Role[] = ['nginx', 'apache', 'caddy', 'haproxy'];

/**
 * An image of Jitsi's beats a service's name. An NGINX, Apache, Caddy or HAProxy counts as the proxy only where it has
 * the ports of the web or its configuration names the meeting site: homepages are served by the same images.
 *
 * @param sitesOf what the configuration of an NGINX says
 */
export function sortServices(
  all: readonly ForeignService[],
  sitesOf: (service: ForeignService) => readonly Site[],
): Sorted {
  const services = new Map<Role, ForeignService>();
  const place = (role: Role | undefined, service: ForeignService) => {
    if (role !== undefined && !services.has(role)) services.set(role, service);
  };
  const site = siteOf(all);
  const isInFront = (service: ForeignService) =>
    publishesWeb(service) ||
    sitesOf(service).some(({ names }) =>
      names.some(({ value }) => site === undefined || value === site),
    );
  // Those with the ports of the web first: helpers of a proxy are often called after it.
  const byPorts = [...all].sort(
    (one, other) => Number(publishesWeb(other)) - Number(publishesWeb(one)),
  );
  for (const service of byPorts) {
    const role = roleOfImage(service);
    if (role === undefined || !ambiguous.includes(role) || isInFront(service)) place(role, service);
  }
  for (const service of all) {
    if (roleOfImage(service) === undefined) place(roleOfName(service), service);
  }
  const placed = new Set(services.values());
  return { services, others: all.filter((service) => !placed.has(service)) };
}

/** Whether others reach a service on the ports of the web. */
export function publishesWeb({ ports, networkMode }: ForeignService): boolean {
  return (
    networkMode === 'host' ||
    ports.some(
      ({ host, address }) => (host === 80 || host === 443) && !/^(127\.|::1$)/.test(address ?? ''),
    )
  );
}

/** The proxies of an installation, those with the ports of the web first. */
export function frontsOf(services: Sorted['services']): FrontRole[] {
  const found = frontRoles.filter((role) => services.has(role));
  const rank = (role: Role) => {
    const service = services.get(role);
    return service && publishesWeb(service) ? 0 : 1;
  };
  return [...found].sort((one, other) => rank(one) - rank(other));
}

/** Names that an NGINX serves beside the meeting site and what stands below it. */
export function otherSites(sites: readonly Site[], domain: string | undefined): string[] {
  const names = sites.flatMap((site) => site.names.map(({ value }) => value.toLowerCase()));
  const isOurs = (name: string) => name === domain || name.endsWith(`.${domain}`);
  const other = domain === undefined ? names.slice(1) : names.filter((name) => !isOurs(name));
  return [...new Set(other)];
}

/** The host name that Jitsi's own containers are told. */
function siteOf(all: readonly ForeignService[]): string | undefined {
  for (const service of all) {
    const role = roleOfImage(service);
    const url = role === 'web' || role === 'prosody' ? service.environment.get('PUBLIC_URL') : '';
    const host = url && /^(?:\w+:\/\/)?([^/:]+)/.exec(url.value)?.[1];
    if (host) return host.toLowerCase();
  }
  return undefined;
}
