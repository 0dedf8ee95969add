import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  { rebuild: { by: 'travis', registry: 'registry.example.org/example/meet' } },
];
