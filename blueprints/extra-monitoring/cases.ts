import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  { extras: ['monitoring'] },
  { extras: ['monitoring'], monitoring: { seen: 'page', days: 7 } },
];
