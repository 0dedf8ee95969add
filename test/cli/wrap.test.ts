import { wrapAnsi } from 'fast-wrap-ansi';
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

wrapping('of plain text is what the library makes of it', () => {
  const text =
    'Say “yes” · or – ‘no’ … → it’s—fine: https://meet.example.org/a-room-with-a-very-long-name, then (perhaps) go on. I';
  for (let width = 1; width < 130; width++)
    assert.equal(wrap(text, width), wrapAnsi(text, width).split('\n'), String(width));
  for (const odd of [
    '',
    ' two  blanks ',
    'one\n\n two',
    '“会議” … ok',
    '\u001b[1mbold “x”\u001b[22m and not',
  ])
    for (let width = 4; width < 20; width++)
      assert.equal(wrap(odd, width), wrapAnsi(odd, width).split('\n'), `${width} ${odd}`);
  assert.is(columnsOf('“it’s” …'), 8);
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
