import type { Evidence, Stated } from '../evidence.ts';
import type { Findings } from '../findings.ts';
import type { Installation } from '../installation.ts';
import type { FrontRole } from '../read/roles.ts';
import { frontsOf, otherSites } from '../read/sort-services.ts';
import { switched, type Variables } from '../variables.ts';
import { announcedFront, type Sign } from './front-signs.ts';
import type { PublicSite } from './site.ts';

/** What nginx-proxy and its companion look for in the environment of containers. */
const ofFront = ['VIRTUAL_HOST', 'VIRTUAL_PORT', 'VIRTUAL_PROTO', 'LETSENCRYPT_HOST'];

interface Edge extends Omit<Sign, 'flavour'> {
  readonly proxy: 'nginx' | 'haproxy' | 'external';
  readonly flavour?: string;
  readonly place?: 'server' | 'container';
}

/** What listens on 443: a proxy in the installation, one beside it, or Jitsi's own web container. */
export function inferEdge(
  installation: Installation,
  variables: Variables,
  site: PublicSite | undefined,
  findings: Findings,
): void {
  findings.use('edge', 'DISABLE_HTTPS', 'HTTP_PORT', 'HTTPS_PORT');
  // The edge redirects, and has labels of its own for the proxy in front, whatever was said here.
  for (const name of ['ENABLE_HTTP_REDIRECT', ...ofFront]) findings.used.set(name, undefined);
  const edge = edgeInside(installation, site) ?? edgeOutside(installation, variables, site);
  if (!edge) return;
  findings.answer('edge.proxy', edge.proxy, edge.why, edge.evidence);
  if (edge.proxy !== 'external') return;
  for (const name of ['flavour', 'place', 'container'] as const) {
    const value = edge[name];
    if (value !== undefined) findings.answer(`edge.${name}`, value, 'the same');
  }
  // A proxy in front ends TLS, and web speaks plain HTTP behind it.
  if (switched(variables.get('DISABLE_HTTPS')) === 'on')
    findings.used.set('DISABLE_HTTPS', undefined);
}

/** A proxy that web is announced to, or else one among its services. */
function edgeInside(installation: Installation, site: PublicSite | undefined): Edge | undefined {
  const announced = announcedFront(installation);
  const { services, sites } = installation;
  if (announced) {
    const front = frontsOf(services).find((role) => role === announced.flavour);
    return { proxy: 'external', place: 'container', ...announced, ...placeOf(front, installation) };
  }
  const [front] = frontsOf(services);
  const service = front && services.get(front);
  if (!service) return undefined;
  const { evidence, name } = service;
  const placed = placeOf(front, installation);
  if (front !== 'nginx' && front !== 'haproxy') {
    const why = `${name} stands in front of it`;
    return { proxy: 'external', flavour: front, why, evidence, ...placed };
  }
  const other = otherSites(sites, site?.host);
  if (front === 'nginx' && other.length > 0) {
    const why = `${name} stands in front of it, and of ${other.join(', ')}`;
    return { proxy: 'external', flavour: front, why, evidence, ...placed };
  }
  return { proxy: front, why: `it has a service ${name} for that`, evidence };
}

/** Where a proxy of the installation runs. */
function placeOf(
  role: FrontRole | undefined,
  { services, compose }: Installation,
): Pick<Edge, 'place' | 'container'> {
  const service = role && services.get(role);
  if (!service) return {};
  if (service.networkMode === 'host') return { place: 'server' };
  // As Compose calls what has no name of its own.
  const container = service.containerName ?? `${compose.project}-${service.name}-1`;
  return { place: 'container', container };
}

/** A proxy elsewhere on the host, as web's ports betray it; or none. */
function edgeOutside(
  installation: Installation,
  variables: Variables,
  site: PublicSite | undefined,
): Edge | undefined {
  const https = variables.get('DISABLE_HTTPS');
  if (https && switched(https) !== 'off') {
    const why = 'web speaks plain HTTP: a proxy of yours ends TLS';
    return { proxy: 'external', why, evidence: https.evidence };
  }
  const web = installation.services.get('web');
  if (web && web.ports.length === 0 && web.networkMode === undefined) {
    const why = 'web publishes no ports: a proxy of yours reaches it through Docker’s networks';
    return { proxy: 'external', why, evidence: web.evidence };
  }
  const port = publishedTls(installation, variables);
  if (port === undefined) return undefined;
  const { number, address, evidence } = port;
  if (address?.startsWith('127.') || address === '::1') {
    const why = 'web is bound to this host only: a proxy of yours reaches it';
    return { proxy: 'external', why, evidence };
  }
  if (number === 443 || number === site?.port) {
    return { proxy: 'nginx', why: `web listens on ${number} itself, without a proxy`, evidence };
  }
  if (!site) return undefined;
  const why = `web has port ${number}, but people use 443: a proxy of yours`;
  return { proxy: 'external', why, evidence };
}

/** The host's port for TLS of the web container. */
function publishedTls({ services }: Installation, variables: Variables) {
  const web = services.get('web');
  const found = web?.ports.find(({ container }) => container === 443 || container === 8443);
  const stated: Stated | undefined = variables.get('HTTPS_PORT');
  if (found?.host !== undefined && web) {
    const { host: number, address } = found;
    const evidence: Evidence = stated?.evidence ?? web.evidence;
    return { number, address, evidence };
  }
  if (web || !stated || !/^\d+$/.test(stated.value)) return undefined;
  return { number: Number(stated.value), address: undefined, evidence: stated.evidence };
}
