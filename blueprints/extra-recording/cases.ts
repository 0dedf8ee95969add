import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  { extras: ['recording'], host: { memory: 16384 } },
  {
    extras: ['recording', 'livestreaming'],
    host: { memory: 32768 },
    recording: { atOnce: 2, days: 0, backup: true },
    livestreaming: { to: 'server', server: 'rtmps://live.example.org:1936/app' },
  },
];
