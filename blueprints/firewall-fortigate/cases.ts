import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  { firewall: ['fortigate'], fortigate: { wan: 'wan1', inside: 'dmz' } },
  { firewall: ['fortigate'], fortigate: { wan: 'any', inside: 'internal', nat: 'central' } },
];
