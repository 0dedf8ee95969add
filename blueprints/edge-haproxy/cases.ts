import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  { edge: { proxy: 'haproxy' } },
  { edge: { proxy: 'haproxy', clientAddress: 'go-mmproxy' } },
];
