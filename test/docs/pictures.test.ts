import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pictures } from './pictures/all.ts';
import { wordsOf } from './pictures/terminal.ts';

const test = suite('pictures in the documentation');

for (const [name, draw] of Object.entries(pictures)) {
  test(`${name} shows what the program shows: else npm run pictures`, async () => {
    const kept = readFileSync(join(import.meta.dirname, '../../docs/images', name), 'utf8');
    assert.is(wordsOf(kept), wordsOf(await draw()));
  });
}

test.run();
