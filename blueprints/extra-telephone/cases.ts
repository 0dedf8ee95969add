import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  {
    extras: ['telephone'],
    auth: { mode: 'internal', guests: 'wait' },
    telephone: { account: '4930123456@sip.example.org' },
  },
  {
    extras: ['telephone'],
    auth: { mode: 'internal', guests: 'none' },
    telephone: {
      account: 'meet@pbx.example.org',
      server: '192.0.2.5',
      transport: 'tls',
      room: 'weekly',
      firstPort: 21000,
    },
  },
  {
    extras: ['telephone'],
    auth: { mode: 'internal', guests: 'none' },
    telephone: { account: 'meet@pbx.example.org', numbers: 'DE +49 30 123456, CH +41 44 123456' },
  },
];
