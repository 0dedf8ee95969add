import { PassThrough } from 'node:stream';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Back, Cancelled } from '../../src/cli/cancelled.ts';
import type { Asker } from '../../src/cli/wizard/asker.ts';
import { plainAsker } from '../../src/cli/wizard/plain.ts';

const plain = suite('plain questions');

/** Somebody who types these lines, and what is written meanwhile. */
function typing(...lines: string[]): { asker: Asker; written: () => string } {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let written = '';
  output.on('data', (chunk) => {
    written += chunk;
  });
  input.end(lines.map((line) => `${line}\n`).join(''));
  return { asker: plainAsker(60, input, output), written: () => written };
}

const choices = [
  { value: 'a', label: 'First', hint: 'the usual one' },
  { value: 'b', label: 'Second', hint: 'not here', disabled: true },
  { value: 'c', label: 'Third' },
];

plain('choices are numbered, and Enter takes what is proposed', async () => {
  const { asker, written } = typing('', '3', '2', '7', '1');
  assert.is(await asker.select({ question: 'Which?', choices, initial: 'c' }), 'c');
  assert.is(await asker.select({ question: 'Which?', choices }), 'c');
  assert.is(await asker.select({ question: 'Which?', choices }), 'a');
  assert.match(
    written(),
    '1. First: the usual one\n2. Second: cannot be chosen: not here\n3. Third',
  );
  assert.is(written().match(/Type a number from 1 to 3/g)?.length, 2);
});

plain('several choices are numbers with commas', async () => {
  const { asker } = typing('', '0', '1, 3', 'x', '1');
  const ask = () => asker.multiselect({ question: 'Which?', choices, initial: ['c'] });
  assert.equal(await ask(), ['c']);
  assert.equal(await ask(), []);
  assert.equal(await ask(), ['a', 'c']);
  assert.equal(await ask(), ['a']);
});

plain('text is asked until it is right; a dash stands for nothing', async () => {
  const { asker, written } = typing('wrong', 'right', '', '-', 'maybe', 'n');
  const problem = (typed: string) => (typed === 'wrong' ? 'That is wrong.' : undefined);
  assert.is(await asker.text({ question: 'What?', placeholder: 'this', problem }), 'right');
  assert.is(await asker.text({ question: 'What?', initial: 'old' }), 'old');
  assert.is(await asker.text({ question: 'What?', initial: 'old' }), '');
  assert.is(await asker.confirm('Really?', true), false);
  assert.match(written(), 'What? For example: this\n> That is wrong.');
});

plain('< goes back, and the end of the input ends the questions', async () => {
  const { asker } = typing('<');
  const ended = async () => {
    try {
      await asker.confirm('Really?', true);
    } catch (error) {
      return error;
    }
    return undefined;
  };
  assert.instance(await ended(), Back);
  const last = await ended();
  assert.instance(last, Cancelled);
  assert.not.instance(last, Back);
});

plain('nothing is redrawn: no control character is written', async () => {
  const { asker, written } = typing('1');
  asker.intro('create-jitsi-stack');
  asker.wait('Looking')();
  asker.tell('A long sentence that goes on in the next line because the terminal is narrow.');
  await asker.select({ question: 'Which?', choices });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  assert.not.match(written(), /[\u0000-\u0009\u000b-\u001f\u007f]/);
  assert.ok(
    written()
      .split('\n')
      .every((line) => line.length <= 60),
  );
});

plain.run();
