import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { thisHost } from '../../../src/answers/detect/sources.ts';
import { parseTimezone } from '../../../src/answers/timezone.ts';

const zones = suite('the time zone of this machine');

zones('is found without the formatter, and is the one that the formatter goes by', () => {
  const zone = thisHost().timezone();
  const now = new Date();
  assert.is(now.toLocaleString('en', { timeZone: zone }), now.toLocaleString('en'));
  assert.equal(parseTimezone(zone), { value: zone });
});

zones.run();
