import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { modernise, type Renamings } from '../../../src/answers/file/versions.ts';
import { answersVersion } from '../../../src/answers/version.ts';

const versions = suite('versions of the answers');

/** Two made-up steps: from 6 to 7, and on to 8. */
const table: Renamings = {
  7: [
    { from: 'relay', to: 'turn' },
    { from: 'name', to: 'domain' },
    { from: 'turn.kind', to: 'turn.mode', values: { own: 'coturn' } },
  ],
  8: [
    { from: 'turn.mode', values: { off: 'none' } },
    { from: 'turn.realm', gone: 'the domain is the realm.' },
    { from: 'zone', to: 'host.timezone' },
  ],
};
const read = (answers: Record<string, unknown>) => modernise(answers, 8, table);

versions('are renamed and mapped step by step, with a note for each answer', () => {
  const old = {
    version: 6,
    name: 'meet.example.org',
    relay: { kind: 'own', realm: 'x', domain: 'turn.example.org' },
    zone: 'UTC',
  };
  const before = structuredClone(old);
  const { answers, notes } = read(old);
  assert.equal(answers, {
    version: 8,
    domain: 'meet.example.org',
    turn: { mode: 'coturn', domain: 'turn.example.org' },
    host: { timezone: 'UTC' },
  });
  assert.equal(notes, [
    'relay is now called turn.',
    'name is now called domain.',
    'turn.kind: "own" is now turn.mode: "coturn".',
    'turn.realm is gone: the domain is the realm.',
    'zone is now called host.timezone.',
  ]);
  assert.equal(old, before, 'what was read is left as it was');
});

versions('a later step alone is enough for a later version', () => {
  const { answers, notes } = read({ version: 7, turn: { mode: 'off' }, relay: 'left alone' });
  assert.equal(answers, { version: 8, turn: { mode: 'none' }, relay: 'left alone' });
  assert.equal(notes, ['turn.mode: "off" is now turn.mode: "none".']);
});

versions('a value that has no new word stays, and says nothing', () => {
  const { answers, notes } = read({ version: 7, turn: { mode: 'coturn' } });
  assert.equal(answers.turn, { mode: 'coturn' });
  assert.equal(notes, []);
});

versions('what already has the new name wins', () => {
  const { answers } = read({ version: 7, zone: 'UTC', host: { timezone: 'Europe/Berlin' } });
  assert.equal(answers.host, { timezone: 'Europe/Berlin' });
});

versions('of today: guests and an open server read as they were meant', () => {
  const accounts = { version: 1, auth: { mode: 'internal', guests: true } };
  const { answers, notes } = modernise(accounts);
  assert.equal(answers, { version: 2, auth: { mode: 'internal', guests: 'wait' } });
  assert.equal(notes, ['auth.guests: true is now auth.guests: "wait".']);
  const none = modernise({ version: 1, auth: { mode: 'internal', guests: false } });
  assert.equal(none.answers.auth, { mode: 'internal', guests: 'none' });
  for (const [exposure, auth] of [
    ['nat', { mode: 'open', strangers: true }],
    ['lan', { mode: 'open' }],
  ])
    assert.equal(modernise({ version: 1, auth: { mode: 'open' }, network: { exposure } }).answers, {
      version: 2,
      auth,
      network: { exposure },
    });
});

versions('current, unversioned and unheard-of answers are left for the check', () => {
  for (const answers of [{ version: 8, name: 'x' }, { name: 'x' }, { version: 5, name: 'x' }])
    assert.equal(read(answers), { answers, notes: [] });
  const current = { version: answersVersion, domain: 'meet.example.org' };
  assert.equal(modernise(current), { answers: current, notes: [] });
});

versions.run();
