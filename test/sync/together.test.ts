import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SyncOptions } from '../../src/sync/index.ts';
import { type End, syncMortal } from './mortal/mortal.ts';
import { configure, created, generate, lines, Stack } from './stack.ts';

configure();

const v1 = { 'compose.yaml': lines('compose'), 'nginx/nginx.conf': lines('nginx') };
const v2 = { ...v1, 'nginx/nginx.conf': lines('nginx', { 3: 'v2' }), 'new.md': lines('new') };

const starts: Readonly<Record<string, [() => Promise<Stack>, SyncOptions]>> = {
  'first generations': [async () => new Stack(), {}],
  'first generations without git': [async () => new Stack(), { git: false }],
  updates: [() => created(v1), {}],
  'updates without git': [() => created(v1, { git: false }), { git: false }],
};

/** What may become of a run beside others: it does the work, finds it done, or gives way in a sentence. */
const fates = /^(created|updated|unchanged|refused: Another run of create-jitsi-stack is working)/;

const test = suite('runs at the same time');

for (const [name, [before, options]] of Object.entries(starts)) {
  test(name, async () => {
    for (let round = 0; round < 2; round++) {
      const stack = await before();
      const job = { directory: stack.directory, generated: generate(v2), options };
      const ends: End[] = await Promise.all([1, 2, 3].map(() => syncMortal(job)));
      const outcomes = ends.map(({ output }) => output);
      for (const output of outcomes) assert.match(output, fates);
      assert.is(outcomes.filter((output) => /^(created|updated)/.test(output)).length, 1);
      assert.is((await stack.sync(generate(v2), options)).outcome, 'unchanged');
      for (const [path, text] of Object.entries(v2)) assert.is(stack.read(path), text);
      assert.not(stack.has('.jitsi-stack.run'));
      if (options.git !== false) assert.ok(stack.isClean);
    }
  });
}

test.run();
