import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  { extras: ['metrics'], metrics: { address: '10.8.0.1', from: ['10.8.0.9'] } },
  {
    extras: ['metrics', 'monitoring'],
    metrics: { address: '198.51.100.7', from: ['192.0.2.9', '192.0.2.10'], port: 9999 },
  },
];
