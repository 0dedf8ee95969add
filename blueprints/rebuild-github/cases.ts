import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  { rebuild: { by: 'github', registry: 'ghcr.io/example/meet' } },
  { rebuild: { by: 'github', registry: 'registry.example.org/meet' } },
];
