import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  { extras: ['monitoring', 'logs'] },
  { extras: ['monitoring', 'logs'], logs: { days: 1, gigabytes: 1 } },
];
