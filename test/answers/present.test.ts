import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fillDefaults } from '../../src/answers/complete.ts';
import { sections } from '../matrix/stack.ts';

test('what an entry of a list asks besides is there however the list was given', () => {
  for (const extras of [
    ['recording', 'livestreaming'],
    'recording,livestreaming',
    'livestreaming, recording',
    'recording livestreaming',
  ]) {
    const { answers } = fillDefaults(sections, { extras, recording: { days: 7 } });
    assert.equal(answers.recording, { atOnce: 1, days: 7, backup: false });
    assert.equal(answers.livestreaming, { to: 'youtube', atOnce: 1 });
  }
  assert.not('recording' in fillDefaults(sections, { extras: 'whiteboard' }).answers);
});

test.run();
