import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cases, filesIn, render } from './cases.ts';

const golden = suite('golden trees');

golden('there are golden trees', () => assert.ok(cases.length >= 3));

for (const one of cases) {
  golden(one.name, async () => {
    const kept = filesIn(one.tree);
    const made = (await render(one)).map(({ path, executable, text }) => ({
      path,
      executable,
      text,
    }));
    const list = (files: typeof kept) =>
      files.map(({ path, executable }) => `${path}${executable ? ' *' : ''}`);
    assert.equal(list(made), list(kept), 'the list of files; npm run golden, then read the diff');
    for (const [i, { path, text }] of made.entries()) {
      assert.is(text, kept[i]?.text, `${path}; npm run golden, then read the diff`);
    }
  });
}

golden.run();
