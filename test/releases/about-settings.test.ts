import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aboutSettings } from '../../src/releases/about-settings.ts';
import { knownSettings, loadRelease, newestRelease } from '../../src/releases/index.ts';

const about = suite('what settings do');

about('is said of names that the newest release really reads, and that may be set', async () => {
  const known = new Set(knownSettings(await loadRelease(newestRelease)).map(({ name }) => name));
  assert.equal(
    Object.keys(aboutSettings).filter((name) => !known.has(name)),
    [],
  );
});

about('is one short sentence each, in the order of the names', () => {
  for (const [name, text] of Object.entries(aboutSettings))
    assert.match(text, /^[A-Z].{5,95}\.$|^[A-Z].{5,95}: [^.]+\.$/, name);
  const names = Object.keys(aboutSettings);
  assert.equal(names, [...names].sort());
});

about.run();
