import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [{ extras: ['livestreaming'], host: { memory: 16384 } }];
