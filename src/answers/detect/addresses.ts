import ipaddr from 'ipaddr.js';
import type { Interfaces } from './sources.ts';

/** The addresses of this host that others could use to reach it. */
export interface LocalAddresses {
  readonly public: readonly string[];
  readonly private: readonly string[];
}

/** Interfaces of containers and virtual machines: their addresses mean nothing outside. */
const containers =
  /^(docker|br-|veth|virbr|vnet|cni|flannel|cali|cilium|lxcbr|lxdbr|incusbr|podman|kube)/;
const tunnels = /^(wg|tun|tap|tailscale|zt|ppp|nebula)/;

/**
 * The host's addresses, told apart by who can reach them. Containers' interfaces are left out, and so are tunnels
 * unless they are all there is. Addresses of the interface named `first` come first.
 */
export function localAddresses(
  interfaces: Interfaces,
  { first, passing = [] }: { first?: string; passing?: readonly string[] } = {},
): LocalAddresses {
  const outside = Object.keys(interfaces).filter((name) => !containers.test(name));
  const direct = outside.filter((name) => !tunnels.test(name));
  const found: { public: string[]; private: string[] } = { public: [], private: [] };
  const add = (names: readonly string[]) => {
    for (const name of [...names].sort((a, b) => Number(b === first) - Number(a === first))) {
      for (const { address, internal } of interfaces[name] ?? []) {
        const kind = internal || passing.includes(address) ? 'none' : reach(address);
        if (kind !== 'none' && !found[kind].includes(address)) found[kind].push(address);
      }
    }
  };
  add(direct);
  if (found.public.length + found.private.length === 0) add(outside);
  return found;
}

/** Addresses of tunnels, which are left out above while there is anything else: by interface, IPv4 only. */
export function tunnelAddresses(
  interfaces: Interfaces,
): readonly { readonly name: string; readonly address: string }[] {
  return Object.entries(interfaces)
    .filter(([name]) => tunnels.test(name))
    .flatMap(([name, list]) =>
      (list ?? []).flatMap(({ address, family }) => (family === 'IPv4' ? [{ name, address }] : [])),
    );
}

/** Who can reach an address: everybody, its own network, or nobody else. */
export function reach(address: string): 'public' | 'private' | 'none' {
  if (!ipaddr.isValid(address)) return 'none';
  switch (ipaddr.process(address).range()) {
    case 'loopback':
    case 'linkLocal':
    case 'multicast':
    case 'broadcast':
    case 'unspecified':
      return 'none';
    case 'private':
    case 'carrierGradeNat':
    case 'uniqueLocal':
      return 'private';
    default:
      return 'public';
  }
}

const temporary = 0x01;
const deprecated = 0x20;

/** IPv6 addresses that the host will drop again (privacy extensions), from the text of `/proc/net/if_inet6`. */
export function passingAddresses(table: string): readonly string[] {
  return table.split('\n').flatMap((line) => {
    const [hex, , , , flags] = line.trim().split(/\s+/);
    if (!hex || !flags || !(Number.parseInt(flags, 16) & (temporary | deprecated))) return [];
    const spelled = hex.match(/.{4}/g)?.join(':') ?? '';
    return ipaddr.IPv6.isValid(spelled) ? [ipaddr.IPv6.parse(spelled).toRFC5952String()] : [];
  });
}
