import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [{ alerts: { by: 'mail', address: 'ops@example.org' } }];
