import { type Answers, listeningAddresses } from '../../src/blueprint.ts';

/**
 * Where the recorder's browser finds the page: at the server itself, whose port 443 is published to containers too. A tunnel's
 * page is at the tunnel's other end.
 */
export function ownWay(
  { domain, edge, network }: Answers,
  gateway: string,
): Readonly<Record<string, string>> {
  if (edge.flavour === 'cloudflared') return {};
  const [given] = network.bind === 'given' ? listeningAddresses(network) : [];
  return { [domain]: given ?? gateway };
}
