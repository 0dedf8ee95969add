import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  { rebuild: { by: 'gitlab', registry: 'registry.gitlab.com/example/meet' } },
];
