import type { Evidence } from '../evidence.ts';
import type { Installation } from '../installation.ts';
import type { ForeignService } from '../read/service.ts';

/** A proxy, and what says that it stands in front of web. */
export interface Sign {
  readonly flavour: string;
  /** Its container, where that is known and no service of the installation. */
  readonly container?: string;
  readonly why: string;
  readonly evidence: Evidence;
}

/** Labels of web by which a proxy finds it, and the proxy. */
const labels: readonly (readonly [RegExp, flavour: string, name: string])[] = [
  [/^traefik\.http\.|^traefik\.enable=true$/, 'traefik', 'Traefik'],
  [/^caddy(?:_\d+)?(?:\.|=)/, 'caddy', 'Caddy'],
  [/^swag=enable$/, 'swag', 'SWAG'],
];

/** The proxy that web is announced to: what stands at web itself counts more than what other services there are. */
export function announcedFront(installation: Installation): Sign | undefined {
  const web = installation.services.get('web');
  const panel = panelOf(installation);
  const sign = web && (labelled(web) ?? named(web));
  // What a panel starts has labels for the panel's own Traefik.
  return sign?.flavour === panel?.flavour ? (panel ?? sign) : (sign ?? panel);
}

function labelled({ labels: own, evidence }: ForeignService): Sign | undefined {
  if (own.includes('traefik.enable=false')) return undefined;
  const found = labels.find(([pattern]) => own.some((label) => pattern.test(label)));
  if (!found) return undefined;
  const [, flavour, name] = found;
  return { flavour, why: `${name} stands in front of it, by web’s labels`, evidence };
}

/** What nginx-proxy looks for in the environment of containers. */
function named({ environment, unseen }: ForeignService): Sign | undefined {
  const evidence = (environment.get('VIRTUAL_HOST') ?? unseen.get('VIRTUAL_HOST'))?.evidence;
  if (!evidence) return undefined;
  const why = 'nginx-proxy stands in front of it, by web’s VIRTUAL_HOST';
  return { flavour: 'nginx-proxy', why, evidence };
}

/** Panels that put a Traefik of theirs in front of what they start: names that they set, or a network of theirs. */
function panelOf({ env, services }: Installation): Sign | undefined {
  const web = services.get('web');
  const given = [...env, ...(web?.environment ?? []), ...(web?.unseen ?? [])];
  const named = given.find(([name]) => /^SERVICE_(?:URL|FQDN)_/.test(name))?.[1].evidence;
  if (named) return behind(coolify, named);
  const panel = [dokploy, coolify].find(({ network }) => web?.networks.includes(network));
  return panel && web && behind(panel, web.evidence);
}

interface Panel {
  readonly name: string;
  readonly network: string;
  readonly container: string;
}

const coolify: Panel = { name: 'Coolify', network: 'coolify', container: 'coolify-proxy' };
const dokploy: Panel = {
  name: 'Dokploy',
  network: 'dokploy-network',
  container: 'dokploy-traefik',
};

/** Containers of the proxies that panels run themselves. */
export const panelProxies: readonly string[] = [coolify.container, dokploy.container];

function behind({ name, container }: Panel, evidence: Evidence): Sign {
  const why = `${name} starts it, with a Traefik in front`;
  return { flavour: 'traefik', container, why, evidence };
}
