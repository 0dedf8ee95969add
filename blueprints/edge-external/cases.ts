import type { Cases } from '../../src/blueprint.ts';
import { flavours } from './flavours.ts';

export const cases: Cases = Object.keys(flavours).map((flavour) => ({
  edge: { proxy: 'external', flavour },
}));
