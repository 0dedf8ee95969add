import { readFileSync, writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decide } from '../../src/cli/wizard/decide.ts';
import { plainTerminal } from './plain-terminal.ts';
import { person } from './stand-ins.ts';

const deciding = suite('deciding an overlap');
const overlap = {
  path: 'nginx/meet.conf',
  line: 7,
  lines: 1,
  base: 'limit 1;\n',
  mine: 'limit 2;\n',
  new: 'limit 3;\n',
};
const where = 'nginx/meet.conf, line 7';

deciding('shows both sides and takes one of them', async () => {
  for (const side of ['mine', 'new', 'cancel'] as const) {
    const { asker, seen } = person({ [where]: [side] });
    assert.is(await decide(overlap, asker, plainTerminal), side);
    assert.match(seen.join('\n'), 'mine\n< limit 2;\nnew\n> limit 3;');
  }
});

deciding('takes what was edited, once no mark is left in it', async () => {
  const { asker, seen } = person({ [where]: ['edit', 'edit', 'edit'] });
  let round = 0;
  const choice = await decide(overlap, asker, plainTerminal, (file) => {
    round++;
    assert.match(
      readFileSync(file, 'utf8'),
      /^<<<<<<< mine\nlimit 2;\n=======\nlimit 3;\n>>>>>>> new\n$/,
    );
    if (round === 2) return false;
    if (round === 3) writeFileSync(file, 'limit 4;\n');
    return true;
  });
  assert.equal(choice, { text: 'limit 4;\n' });
  assert.is(seen.filter((text) => text.startsWith('warning: The conflict markers')).length, 2);
});

deciding.run();
