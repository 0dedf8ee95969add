import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  { rebuild: { by: 'jenkins', registry: 'registry.example.org/example/meet' } },
];
