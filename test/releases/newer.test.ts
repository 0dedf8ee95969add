import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { releaseDate, toolCatalogue } from '../../src/releases/catalogue.ts';
import { loadRelease, newerRelease, newestRelease } from '../../src/releases/index.ts';

const newer = suite('a newer release of Jitsi');

const over = async (tag: string) => newerRelease(await loadRelease(tag), toolCatalogue);

newer('the newer release is the newest of all, with its day', async () => {
  const found = await over('stable-10741');
  assert.is(found?.tag, newestRelease);
  assert.is(found?.date, releaseDate(newestRelease));
});

newer('is named with the defects that it mends, and with no others', async () => {
  const mends = (await over('stable-10133'))?.mends ?? [];
  assert.ok(mends.some((why) => why.startsWith('Prosody offers login mechanisms')));
  assert.not.ok(mends.some((why) => why === 'Jibri does not start.'));
  assert.equal((await over('stable-10741'))?.mends, []);
});

newer('the newest release has no newer one', async () => {
  assert.is(await over(newestRelease), undefined);
});

newer.run();
