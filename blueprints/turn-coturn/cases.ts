import type { Cases } from '../../src/blueprint.ts';

const relay = { mode: 'coturn', domain: 'turn.example.org' };

export const cases: Cases = [
  // Whether it shares port 443 follows from the edge.
  { turn: relay },
  { turn: { ...relay, share443: true } },
  { turn: { ...relay, share443: true, clientAddress: 'go-mmproxy' } },
];
