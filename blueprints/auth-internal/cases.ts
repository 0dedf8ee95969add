import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  { auth: { mode: 'internal', guests: 'wait' } },
  { auth: { mode: 'internal', guests: 'knock' } },
  { auth: { mode: 'internal', guests: 'none' } },
  { auth: { mode: 'internal', guests: 'none', moderators: 'first' } },
];
