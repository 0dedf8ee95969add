import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { carrySettings, loadRelease } from '../../src/releases/index.ts';

test('a setting is taken over to its new names', async () => {
  const [before, after] = await Promise.all(
    ['stable-10008', 'stable-10078-1'].map((tag) => loadRelease(tag)),
  );
  if (!before || !after) throw new Error('not in the catalogue');
  const name = 'JIBRI_RECORDING_VIDEO_ENCODE_PRESET';
  const to = [`${name}_RECORDING`, `${name}_STREAMING`];
  const settings = { [name]: 'fast', ENABLE_LOBBY: false };
  const carried = carrySettings(settings, before, after);
  assert.equal(carried.renamed, [{ from: name, to }]);
  assert.equal(carried.settings, {
    ENABLE_LOBBY: false,
    [to[0] ?? '']: 'fast',
    [to[1] ?? '']: 'fast',
  });
  assert.equal(carried.gone, []);
});

test.run();
