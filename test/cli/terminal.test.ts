import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { thisTerminal } from '../../src/cli/terminal.ts';

const terminal = suite('terminal');

const of = (env: Record<string, string>, tty = true) =>
  thisTerminal({
    env,
    stdin: { isTTY: tty },
    stdout: { isTTY: tty, columns: 120, hasColors: () => env.NO_COLOR === undefined },
  } as unknown as NodeJS.Process);

terminal('asks only where somebody can answer', () => {
  assert.ok(of({ TERM: 'xterm' }).interactive);
  assert.not(of({ TERM: 'xterm', CI: 'true' }).interactive);
  assert.ok(of({ TERM: 'xterm', CI: 'false' }).interactive);
  assert.not(of({ TERM: 'xterm' }, false).interactive);
});

terminal('is plain for screen readers and where nothing moves the cursor', () => {
  assert.ok(of({ TERM: 'dumb' }).interactive && of({ TERM: 'dumb' }).plain);
  assert.ok(of({ TERM: 'xterm', ACCESSIBLE: '1' }).plain);
  for (const env of [{}, { ACCESSIBLE: '' }, { ACCESSIBLE: '0' }, { ACCESSIBLE: 'false' }])
    assert.not(of({ TERM: 'xterm', ...env }).plain);
});

terminal('is colourful only where colours are wanted', () => {
  assert.is(of({ TERM: 'xterm' }).style('red', 'x'), '\u001b[31mx\u001b[39m');
  assert.is(of({ TERM: 'xterm', NO_COLOR: '1' }).style('red', 'x'), 'x');
  assert.is(of({ TERM: 'xterm' }, false).style('red', 'x'), 'x');
});

terminal('draws lines unless it is known to lack them', () => {
  assert.ok(of({ TERM: 'xterm' }).unicode);
  assert.ok(of({ TERM: 'xterm', LANG: 'C' }).unicode);
  assert.not(of({ TERM: 'linux' }).unicode);
  assert.not(of({ TERM: 'xterm', LANG: 'de_DE.ISO-8859-1' }).unicode);
});

terminal.run();
