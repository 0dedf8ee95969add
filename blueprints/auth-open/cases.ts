import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  { auth: { mode: 'open', strangers: true } },
  { auth: { mode: 'open', strangers: true, moderators: 'everybody' } },
];
