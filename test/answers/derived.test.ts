import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RawAnswers } from '../../src/answers/complete.ts';
import { forgetDerived } from '../../src/answers/derived.ts';
import type { Section } from '../../src/answers/sections.ts';

const derived = suite('derived answers');

const plain = { question: '', description: '' } as const;
const sections: readonly Section[] = [
  {
    id: '',
    title: '',
    fields: {
      domain: { kind: 'hostname', ...plain },
      name: {
        kind: 'project',
        ...plain,
        default: ({ domain }) => domain,
        advanced: true,
        once: true,
      },
    },
  },
  {
    id: 'network',
    title: '',
    fields: {
      exposure: { kind: 'choice', ...plain },
      publicAddresses: {
        kind: 'addresses',
        ...plain,
        default: ({ network }) => (network?.exposure === 'lan' ? [] : undefined),
      },
    },
  },
  {
    id: 'turn',
    title: '',
    fields: { mode: { kind: 'choice', ...plain } },
    choice: {
      key: 'mode',
      fields: {
        own: {
          domain: {
            kind: 'hostname',
            ...plain,
            default: (k) => `turn.${k.domain}`,
            advanced: true,
          },
          asked: { kind: 'text', ...plain, default: (k) => `asked ${k.domain}` },
          fixed: { kind: 'text', ...plain, default: 'fixed', advanced: true },
        },
        none: {},
      },
    },
  },
];
const before: RawAnswers = {
  domain: 'old.example',
  name: 'old.example',
  network: { exposure: 'lan', publicAddresses: [] },
  turn: { mode: 'own', domain: 'turn.old.example', asked: 'asked old.example', fixed: 'fixed' },
};
const turn = (answers: RawAnswers) => answers.turn as Record<string, unknown>;

derived('follow what they were worked out from; what was asked or is fixed stays', () => {
  const now = forgetDerived(sections, before, { ...before, domain: 'new.example' });
  assert.equal(now, {
    ...before,
    domain: 'new.example',
    turn: { mode: 'own', asked: 'asked old.example', fixed: 'fixed' },
  });
});

derived('that somebody has chosen stay, now or before', () => {
  const chosen = { ...before, turn: { ...turn(before), domain: 'relay.example' } };
  assert.is(
    turn(forgetDerived(sections, chosen, { ...chosen, domain: 'new.example' })).domain,
    'relay.example',
  );
  const stated = forgetDerived(
    sections,
    before,
    { ...before, domain: 'new.example' },
    { turn: { domain: 'turn.old.example' } },
  );
  assert.is(turn(stated).domain, 'turn.old.example');
  const edited = forgetDerived(sections, before, { ...chosen, domain: 'new.example' });
  assert.is(turn(edited).domain, 'relay.example');
});

derived('stay where nothing changed that they were worked out from', () => {
  const now = { ...before, network: { exposure: 'lan', publicAddresses: [] } };
  assert.equal(forgetDerived(sections, before, now), now);
});

derived('no addresses are nobody’s choice once there is a use for some', () => {
  const now = { ...before, network: { exposure: 'public', publicAddresses: [] } };
  assert.equal(forgetDerived(sections, before, now).network, { exposure: 'public' });
});

derived('of another choice, or of answers that are not complete, are left alone', () => {
  const none = { ...before, domain: 'new.example', turn: { mode: 'none' } };
  assert.equal(forgetDerived(sections, before, none), none);
  assert.equal(forgetDerived(sections, { domain: 'x' }, none), none);
});

derived.run();
