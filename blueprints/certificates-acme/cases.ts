import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [{ certificates: { source: 'acme', email: 'ops@example.org' } }];
