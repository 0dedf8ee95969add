import { acmeDirectory } from './authority.ts';
import type { World } from './world/world.ts';

export const domain = 'meet.example.org';
export const relayName = 'turn.example.org';

/** The answers of the owner of this world's server: everything that has most to go wrong is switched on. */
export function answersFor({ topology, outside, own }: World): object {
  const inside = own.filter((address) => !address.includes(':'));
  return {
    domain,
    network: {
      exposure: topology,
      publicAddresses: outside,
      ...(topology === 'nat' && { lanAddresses: inside }),
      ipv6: true,
      sshPort: 22,
    },
    edge: { proxy: 'nginx' },
    certificates: { source: 'acme', email: 'ops@example.org', directory: acmeDirectory },
    turn: { mode: 'coturn', domain: relayName },
    auth: { mode: 'internal', guests: true },
    firewall: ['nftables'],
    host: { memory: 4096, timezone: 'Europe/Berlin' },
  };
}
