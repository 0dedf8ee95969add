import type { RawAnswers } from '../../../src/answers/complete.ts';

/** A stack with every image that there is. */
export const raw = {
  domain: 'meet.example.org',
  network: { exposure: 'nat', publicAddresses: ['198.51.100.7'], lanAddresses: ['192.168.10.20'] },
  edge: { proxy: 'haproxy', clientAddress: 'go-mmproxy' },
  certificates: { source: 'acme', email: 'ops@example.org' },
  turn: { mode: 'coturn', domain: 'turn.example.org' },
} as const satisfies RawAnswers;

export const github = (registry = 'ghcr.io/example/meet'): RawAnswers => ({
  ...raw,
  rebuild: { by: 'github', registry },
});
