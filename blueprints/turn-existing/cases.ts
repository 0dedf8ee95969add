import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [{ turn: { mode: 'existing', host: 'relay.example.net' } }];
