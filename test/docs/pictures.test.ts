import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../programs/needs.ts';
import { photographs, pictures } from './pictures/all.ts';
import { wordsOf } from './pictures/terminal.ts';

const test = suite('pictures in the documentation');

const kept = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../docs/images', name), 'utf8');

for (const [name, draw] of Object.entries(pictures)) {
  test(`${name} shows what the program shows: else npm run pictures`, async () => {
    assert.is(wordsOf(kept(name)), wordsOf(await draw()));
  });
}

const browser = await needs(test, 'nginx', 'host:chromium');
for (const [name, draw] of Object.entries(photographs)) {
  browser(`${name} says what a browser reads: else npm run pictures -- browser`, async () => {
    const there = kept(name);
    assert.is(wordsOf(there), wordsOf(await draw()));
    for (const [, png = ''] of there.matchAll(/base64,([^"]*)"/g))
      assert.is(Buffer.from(png, 'base64').subarray(1, 4).toString(), 'PNG');
  });
}

test.run();
