import { checkAnswers } from '../../src/answers/check.ts';
import { fillDefaults } from '../../src/answers/complete.ts';
import type { Choosable, Section } from '../../src/answers/sections.ts';
import { sectionsOf } from '../../src/answers/sections.ts';

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
  { offer: offer('backup', 'none', 1) },
  { offer: offer('alerts', 'none', 1) },
  { offer: offer('branding', 'plain', 1) },
  { offer: offer('extras', 'board', 1) },
  { offer: offer('firewall', 'second', 2) },
  { offer: offer('firewall', 'first', 1) },
];

export const sections: readonly Section[] = sectionsOf(features);

/** The least that has to be said for a stack that is reached from the internet. */
export const stated = {
  release: 'stable-11146-2',
  domain: 'meet.example.org',
  network: { exposure: 'public', publicAddresses: ['203.0.113.7'] },
  certificates: { source: 'own' },
  turn: { mode: 'none' },
};

/** Complete answers for these features. */
export const complete = checkAnswers(sections, fillDefaults(sections, stated).answers, 'test');
