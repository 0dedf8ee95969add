import { type Answers, isIPv4, listeningAddresses } from '../../src/blueprint.ts';

/**
 * Addresses of this host that the relay listens on, and the public one that stands for a private one behind a router,
 * as `public/private`; empty where there is none. IPv4 comes first: containers on this host reach that for sure. Never a wildcard: 127.0.0.1 would be among them.
 */
export function relayAddresses(network: Answers['network']): {
  readonly listening: readonly string[];
  readonly external: string;
} {
  const { exposure, publicAddresses, lanAddresses } = network;
  const outer = publicAddresses.find(isIPv4);
  const inner = lanAddresses.find(isIPv4);
  return {
    listening: listeningAddresses(network),
    external: exposure === 'nat' && outer && inner ? `${outer}/${inner}` : '',
  };
}
