import type { Evidence, Stated } from '../evidence.ts';
import type { Findings } from '../findings.ts';
import type { Installation } from '../installation.ts';
import type { Role } from '../read/roles.ts';
import { switched, type Variables } from '../variables.ts';
import type { PublicSite } from './site.ts';

const flavours: readonly Role[] = ['traefik', 'caddy', 'apache'];

interface Edge {
  readonly proxy: 'nginx' | 'haproxy' | 'external';
  readonly flavour?: string;
  readonly why: string;
  readonly evidence: Evidence;
}

/** What listens on 443: a proxy in the installation, one beside it, or Jitsi's own web container. */
export function inferEdge(
  installation: Installation,
  variables: Variables,
  site: PublicSite | undefined,
  findings: Findings,
): void {
  findings.use('edge', 'DISABLE_HTTPS', 'HTTP_PORT', 'HTTPS_PORT');
  // The edge redirects, whatever was said here.
  findings.used.set('ENABLE_HTTP_REDIRECT', undefined);
  const edge = edgeInside(installation) ?? edgeOutside(installation, variables, site);
  if (!edge) return;
  findings.answer('edge.proxy', edge.proxy, edge.why, edge.evidence);
  if (edge.flavour) findings.answer('edge.flavour', edge.flavour, 'the same', edge.evidence);
}

/** A proxy among its services. */
function edgeInside(installation: Installation): Edge | undefined {
  const { services } = installation;
  for (const proxy of ['haproxy', 'nginx'] as const) {
    const service = services.get(proxy);
    if (!service) continue;
    return { proxy, why: `it has a service ${service.name} for that`, evidence: service.evidence };
  }
  const flavour = flavours.find((role) => services.has(role));
  const panel = panelOf(installation);
  if (panel && !flavour) return panel;
  const web = services.get('web');
  const labelled = web?.labels.some((label) => label.startsWith('traefik.'));
  const own = (flavour ? services.get(flavour) : undefined) ?? (labelled ? web : undefined);
  if (!own) return undefined;
  const why = `${flavour ?? 'Traefik'} stands in front of it`;
  return { proxy: 'external', flavour: flavour ?? 'traefik', why, evidence: own.evidence };
}

/** Panels that put a Traefik of theirs in front of what they start: names that they set, or a network of theirs. */
function panelOf({ env, services }: Installation): Edge | undefined {
  const coolify = [...env].find(([name]) => /^SERVICE_(?:URL|FQDN)_/.test(name));
  const web = services.get('web');
  const named = [...(web?.environment ?? []), ...(web?.unseen ?? [])].find(([name]) =>
    /^SERVICE_(?:URL|FQDN)_/.test(name),
  );
  const evidence = coolify?.[1].evidence ?? named?.[1].evidence;
  if (!evidence) return undefined;
  const why = 'Coolify starts it, with a Traefik in front';
  return { proxy: 'external', flavour: 'traefik', why, evidence };
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
    return { number, address, evidence: stated?.evidence ?? web.evidence };
  }
  if (web || !stated || !/^\d+$/.test(stated.value)) return undefined;
  return { number: Number(stated.value), address: undefined, evidence: stated.evidence };
}
