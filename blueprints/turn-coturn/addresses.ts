import { type Answers, isIPv4, isIPv6 } from '../../src/blueprint.ts';

/**
 * Addresses of this host that the relay listens on, and the public one that stands for a private one behind a router,
 * as `public/private`; empty where there is none. IPv4 comes first: containers on this host reach that for sure. Never a wildcard: 127.0.0.1 would be among them.
 */
export function relayAddresses(network: Answers['network']): {
  readonly listening: readonly string[];
  readonly external: string;
} {
  const { exposure, publicAddresses, lanAddresses } = network;
  if (exposure === 'public') return { listening: fourFirst(publicAddresses), external: '' };
  if (exposure === 'lan') return { listening: fourFirst(lanAddresses), external: '' };
  const outer = publicAddresses.find(isIPv4);
  const inner = lanAddresses.find(isIPv4);
  return {
    // IPv6 is not translated: a public IPv6 address is on the host itself.
    listening: fourFirst([...lanAddresses, ...publicAddresses.filter(isIPv6)]),
    external: outer && inner ? `${outer}/${inner}` : '',
  };
}

function fourFirst(addresses: readonly string[]): readonly string[] {
  return [...addresses.filter(isIPv4), ...addresses.filter(isIPv6)];
}
