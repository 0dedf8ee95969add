import { type Decisions, fixedAddress, socketAddress } from '../../src/blueprint.ts';
import { containerOf, networkOf, type Own, relayName } from './names.ts';

/** What the ready files print. */
export function present(plan: Decisions, own: Own) {
  const { answers, url, network, routes } = plan;
  const { domain } = answers;
  const port = answers.network.localPort;
  const joins = own.place === 'container';
  const relay = relayName(answers);
  const web = fixedAddress(network, 'web', 'edge-external').ipv4;
  const inner = routes.find(({ kind }) => kind === 'page')?.port ?? 80;
  const { ipv4, ipv6 = '' } = fixedAddress(network, 'proxy', 'edge-external');
  return {
    domain,
    relay,
    names: relay ? [domain, relay] : [domain],
    // What nginx's own default takes, with a cache line of 64 bytes.
    isLong: Math.max(domain.length, relay.length) > 46,
    url,
    // In a container the ports are what they always are; only outside of it they may be others.
    https: joins ? 443 : answers.network.httpsPort,
    http: joins ? 80 : answers.network.httpPort,
    caddySite: joins ? domain : url.replace('https://', ''),
    upstream: joins ? `http://${web}:${inner}` : `http://127.0.0.1:${port}`,
    host: joins ? web : '127.0.0.1',
    port: joins ? inner : port,
    socket: joins ? socketAddress(web, inner) : socketAddress('127.0.0.1', port),
    site: answers.name,
    address: ipv4,
    address6: ipv6,
    network: networkOf(answers),
    joins,
    container: containerOf(own),
    addresses: [...answers.network.publicAddresses, ...answers.network.lanAddresses],
    store: {
      caddy: own.flavour === 'caddy',
      traefik: own.flavour === 'traefik',
      nginxProxy: own.flavour === 'nginx-proxy',
      swag: own.flavour === 'swag',
      certbot: !['caddy', 'traefik', 'nginx-proxy', 'swag'].includes(own.flavour),
    },
  };
}
