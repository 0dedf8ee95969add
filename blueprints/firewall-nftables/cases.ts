import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  { firewall: ['nftables'] },
  // A table of its own, it goes with every other.
  { firewall: ['nftables', 'ufw'] },
  { firewall: ['nftables', 'firewalld', 'fortigate'] },
];
