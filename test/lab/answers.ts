import { acmeDirectory } from './authority.ts';
import { type Edge, edgeAnswers } from './edges.ts';
import type { World } from './world/world.ts';

export const domain = 'meet.example.org';
export const relayName = 'turn.example.org';

/** The answers of the owner of this world's server: everything that has most to go wrong is switched on. */
export function answersFor({ topology, outside, own }: World, edge: Edge): object {
  const inside = own.filter((address) => !address.includes(':'));
  const special = edgeAnswers[edge];
  return {
    domain,
    network: {
      exposure: topology,
      publicAddresses: outside,
      ...(topology === 'nat' && { lanAddresses: inside }),
      ipv6: true,
      sshPort: 22,
    },
    certificates: { source: 'acme', email: 'ops@example.org', directory: acmeDirectory },
    auth: { mode: 'internal', guests: 'wait', moderators: 'signed-in' },
    firewall: ['nftables'],
    extras: ['connection-test'],
    host: { memory: 4096, timezone: 'Europe/Berlin' },
    ...special,
    turn: { mode: 'coturn', domain: relayName, ...special.turn },
  };
}
