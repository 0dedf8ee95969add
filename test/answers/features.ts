import type { Choosable, Section } from '../../src/answers/sections.ts';
import { sections } from '../../src/answers/sections.ts';

const offer = (section: NonNullable<Choosable['offer']>['section'], value: string, order: number) =>
  ({ section, value, label: value, order }) as const;

/** A few features, so that these tests say nothing about the real ones. */
export const features: readonly Choosable[] = [
  { offer: offer('turn', 'none', 3) },
  {
    offer: offer('turn', 'own', 1),
    fields: {
      domain: {
        kind: 'hostname',
        question: '',
        description: 'name of the relay',
        default: ({ domain }) => (domain === undefined ? undefined : `turn.${domain}`),
      },
      quota: { kind: 'integer', question: '', description: 'quota', optional: true },
    },
  },
  {
    offer: offer('turn', 'elsewhere', 2),
    fields: {
      domain: { kind: 'hostname', question: '', description: 'name of the other server' },
      port: { kind: 'integer', question: '', description: 'port', default: 3478 },
    },
  },
  { offer: offer('edge', 'nginx', 1) },
  {
    offer: offer('certificates', 'acme', 1),
    fields: { email: { kind: 'email', question: '', description: 'account' } },
  },
  { offer: offer('certificates', 'own', 2) },
  { offer: offer('auth', 'open', 1) },
  { offer: offer('rebuild', 'none', 1) },
  { offer: offer('firewall', 'second', 2) },
  { offer: offer('firewall', 'first', 1) },
];

export const all: readonly Section[] = sections(features);

/** Complete answers for these features. */
export const complete = {
  version: 1,
  release: 'stable-11146-2',
  domain: 'meet.example.org',
  name: 'meet-example-org',
  network: {
    exposure: 'public',
    publicAddresses: ['203.0.113.7'],
    lanAddresses: [],
    ipv6: false,
    subnet: '172.28.0.0/24',
    subnet6: 'fd28:6a69:7473::/64',
    bridge: 'jitsi0',
    sshPort: 22,
  },
  host: { memory: 4096, timezone: 'UTC' },
  edge: { proxy: 'nginx' },
  certificates: { source: 'own' },
  turn: { mode: 'none' },
  auth: { mode: 'open' },
  rebuild: { by: 'none' },
  firewall: [],
  settings: {},
};
