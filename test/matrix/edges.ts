import type { RawAnswers } from '../../src/answers/complete.ts';

/** Every edge besides plain NGINX; the first word of a combination's name. */
const edges: Readonly<
  Record<string, { edge: RawAnswers; relay?: RawAnswers; rebuild?: RawAnswers }>
> = {
  'nginx with shared 443': { edge: { proxy: 'nginx' }, relay: { share443: true } },
  'nginx with shared 443, own addresses': {
    edge: { proxy: 'nginx' },
    relay: { share443: true, clientAddress: 'go-mmproxy' },
  },
  haproxy: { edge: { proxy: 'haproxy' } },
  'haproxy, own addresses': {
    edge: { proxy: 'haproxy' },
    relay: { clientAddress: 'go-mmproxy' },
  },
  'haproxy with go-mmproxy, rebuilt': {
    edge: { proxy: 'haproxy', clientAddress: 'go-mmproxy' },
    rebuild: { by: 'github', registry: 'ghcr.io/example/meet' },
  },
  ...Object.fromEntries(
    ['nginx', 'caddy', 'apache', 'traefik'].map((flavour) => [
      `external ${flavour}`,
      { edge: { proxy: 'external', flavour } },
    ]),
  ),
};
const relays = [{ mode: 'coturn', domain: 'turn.example.org' }, { mode: 'none' }];

/** The other edges with what changes for them: addresses, relay, certificate, a firewall. */
export function withEdges(
  networks: readonly { readonly name: string; readonly network: RawAnswers }[],
): { name: string; raw: RawAnswers }[] {
  return Object.entries(edges).flatMap(([edge, { edge: answers, relay, rebuild }]) =>
    networks.flatMap(({ name, network }) =>
      relays.flatMap((turn) =>
        [[], ['nftables', 'ufw'], ['nftables', 'firewalld']].flatMap((firewall) => ({
          name: [edge, name, turn.mode, firewall.join('+') || 'no firewall'].join(', '),
          raw: {
            domain: 'meet.example.org',
            network,
            edge: answers,
            certificates:
              answers.proxy === 'external' || network.exposure === 'lan'
                ? { source: 'own' }
                : { source: 'acme', email: 'ops@example.org' },
            turn: { ...turn, ...(turn.mode === 'coturn' && relay) },
            auth: { mode: 'open' },
            firewall,
            ...(rebuild && { rebuild }),
          },
        })),
      ),
    ),
  );
}
