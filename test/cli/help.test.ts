import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commands } from '../../src/cli/commands/index.ts';
import { flags } from '../../src/cli/flags.ts';
import { helpAbout } from '../../src/cli/help.ts';
import { options } from '../../src/cli/options.ts';

const help = suite('help text');
const text = helpAbout([], flags, { lines: Number.POSITIVE_INFINITY });

help('lists every option, every answer and every command', () => {
  for (const name of Object.keys(options)) assert.match(text, `--${name}`);
  for (const { name } of flags) assert.match(text, `--${name}`);
  for (const name of Object.keys(commands)) assert.match(text, `\n  ${name} `);
});

help('fits a terminal of 80 columns', () => {
  const wide = text.split('\n').filter((line) => line.length > 80);
  assert.equal(wide, []);
});

help('says which choice an answer belongs to', () => {
  assert.match(text, /--certificates-email EMAIL\s+with acme:/);
});

help.run();
