import type { Answers } from '../../src/blueprint.ts';

/**
 * Addresses of this host that the relay listens on, and the public one that stands for a private one behind a router.
 * Never a wildcard: 127.0.0.1 would be among them.
 */
export function relayAddresses(network: Answers['network']): {
  readonly listening: readonly string[];
  readonly external?: string;
} {
  const { exposure, publicAddresses, lanAddresses } = network;
  if (exposure === 'public') return { listening: publicAddresses };
  if (exposure === 'lan') return { listening: lanAddresses };
  // IPv6 is not translated: a public IPv6 address is on the host itself.
  const six = publicAddresses.filter((address) => address.includes(':'));
  const outer = publicAddresses.find((address) => !address.includes(':'));
  const inner = lanAddresses.find((address) => !address.includes(':'));
  return {
    listening: [...lanAddresses, ...six],
    ...(outer && inner && { external: `${outer}/${inner}` }),
  };
}
