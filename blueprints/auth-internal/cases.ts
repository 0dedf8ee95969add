import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  { auth: { mode: 'internal', guests: true } },
  { auth: { mode: 'internal', guests: false } },
];
