import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [{}, { rebuild: { by: 'none', pins: 'renovate' } }];
