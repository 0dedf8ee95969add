import ipaddr from 'ipaddr.js';
import type { Interfaces } from './sources.ts';

/** IPv4 networks that this host already has or routes to, from its interfaces and the text of `/proc/net/route`. */
export function networksInUse(interfaces: Interfaces, routes: string): readonly string[] {
  const own = Object.values(interfaces).flatMap((list) =>
    (list ?? []).flatMap(({ family, cidr, internal }) =>
      family === 'IPv4' && cidr && !internal ? [networkOf(cidr)] : [],
    ),
  );
  const routed = readRoutes(routes).flatMap(({ network }) => (network ? [network] : []));
  return [...new Set([...own, ...routed])];
}

/** The interface that leads to everywhere else; undefined offline. */
export function defaultInterface(routes: string): string | undefined {
  return readRoutes(routes).find(({ network }) => network === undefined)?.name;
}

/** The first network in use that overlaps `subnet`. */
export function collision(subnet: string, inUse: readonly string[]): string | undefined {
  if (!ipaddr.isValidCIDR(subnet)) return undefined;
  const [address, prefix] = ipaddr.parseCIDR(subnet);
  return inUse.find((network) => {
    const [other, otherPrefix] = ipaddr.parseCIDR(network);
    if (other.kind() !== address.kind()) return false;
    return (address as ipaddr.IPv4).match(other as ipaddr.IPv4, Math.min(prefix, otherPrefix));
  });
}

/** Unusual private networks: what home routers, clouds and Docker itself hand out is not among them. */
const candidates = [
  ...[28, 29, 30, 31, 26, 24].map((part) => `172.${part}.0.0/24`),
  '10.213.28.0/24',
  '192.168.213.0/24',
];

/** A network for the containers that collides with nothing in use. */
export function freeSubnet(inUse: readonly string[]): string | undefined {
  return candidates.find((subnet) => !collision(subnet, inUse));
}

/** Lines of `/proc/net/route`: addresses are little-endian hex; the default route has no network. */
function readRoutes(text: string): { name: string; network: string | undefined }[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [name, destination, , , , , , mask] = line.trim().split(/\s+/);
      if (!name || !destination || !mask) return [];
      const prefix = ipaddr.IPv4.parse(dotted(mask)).prefixLengthFromSubnetMask();
      if (prefix === null) return [];
      return [{ name, network: prefix === 0 ? undefined : `${dotted(destination)}/${prefix}` }];
    });
}

function dotted(hex: string): string {
  const value = Number.parseInt(hex, 16);
  return [0, 8, 16, 24].map((shift) => (value >>> shift) & 255).join('.');
}

function networkOf(cidr: string): string {
  return `${ipaddr.IPv4.networkAddressFromCIDR(cidr)}/${cidr.split('/')[1]}`;
}
