import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { changedAnswers } from '../../src/answers/changed.ts';

const changed = suite('answers that changed');

const of = (before: object, after: object) =>
  changedAnswers(JSON.stringify(before), JSON.stringify(after));

changed('each is named by its place, with both values', () => {
  const before = {
    version: 3,
    release: 'stable-11031',
    auth: { mode: 'internal', guests: 'wait' },
    firewall: [],
    settings: { MAX_PARTICIPANTS: 40 },
  };
  const after = {
    version: 4,
    release: 'stable-11146-2',
    auth: { mode: 'internal', guests: 'knock' },
    firewall: ['ufw', 'fortigate'],
    settings: { ENABLE_LOBBY: true },
  };
  assert.equal(of(before, after), [
    'release: stable-11031 → stable-11146-2',
    'auth.guests: wait → knock',
    'firewall: none → ufw, fortigate',
    'settings.MAX_PARTICIPANTS: 40 → not set',
    'settings.ENABLE_LOBBY: not set → true',
  ]);
});

changed('the same answers in another layout are none', () => {
  const answers = { domain: 'meet.example.org', turn: { mode: 'none' } };
  assert.equal(changedAnswers(JSON.stringify(answers, null, 4), JSON.stringify(answers)), []);
});

changed.run();
