import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { listing } from '../../src/cli/report/table.ts';
import { columnsOf, padTo, wrap } from '../../src/cli/report/wrap.ts';

const wrapping = suite('text on a terminal');

wrapping('is broken between words, and a longer word stays whole', () => {
  assert.equal(wrap('one two three', 7), ['one two', 'three']);
  assert.equal(wrap('a https://meet.example.org b', 6), ['a', 'https://meet.example.org', 'b']);
  assert.equal(wrap('first\n\nsecond', 20), ['first', '', 'second']);
});

wrapping('keeps each mark of punctuation, in its place', () => {
  assert.equal(wrap('Say “yes” · or – ‘no’ … → it’s—fine', 9), [
    'Say “yes”',
    '· or –',
    '‘no’ … →',
    'it’s—fine',
  ]);
  assert.equal(wrap('“会議” …', 6), ['“会議”', '…']);
});

wrapping('is as wide as the terminal shows it', () => {
  assert.is(columnsOf('会議.example'), 12);
  assert.is(columnsOf('müller'), 6);
  assert.is(padTo('会議', 6), '会議  ');
  for (const line of wrap('会議 会議 会議 会議', 10)) assert.ok(columnsOf(line) <= 10, line);
  const lines = listing(
    [
      ['会議', 'one'],
      ['meet', 'two'],
    ],
    40,
  ).split('\n');
  assert.equal(
    lines.map((line) => columnsOf(line.slice(0, -3))),
    [6, 6],
  );
});

wrapping.run();
