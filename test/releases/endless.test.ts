import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readScript } from '../../src/releases/read/scripts.ts';
import { readTemplateVariables } from '../../src/releases/read/templates.ts';
import { readVariables } from '../../src/releases/read/variables.ts';

const endless = suite('files of a release that never come to an end');

/** A megabyte each of what a pattern could begin to read again and again. */
const texts: Readonly<Record<string, string>> = {
  conditions: 'if [ '.repeat(200_000),
  expressions: '{{ '.repeat(333_000),
  'expressions that ask': '{{ .Env.A | default "'.repeat(48_000),
  assignments: Array.from({ length: 60_000 }, (_, i) => `A${i}=\${A${i + 1}:-x}`).join('\n'),
  dollars: '${'.repeat(500_000),
  'line breaks': '\n'.repeat(1_000_000),
  blanks: ' '.repeat(1_000_000),
  quotes: '"'.repeat(1_000_000),
  'single quotes': `'\${CONFIG}`.repeat(110_000),
  comments: '#'.repeat(1_000_000),
};

const readers = {
  scripts: readScript,
  templates: readTemplateVariables,
  variables: (text: string) =>
    readVariables([
      ['web/rootfs/etc/cont-init.d/10-config', `#!/bin/bash\n${text}`],
      ['web/rootfs/defaults/config.js', text],
    ]),
};

for (const [name, read] of Object.entries(readers))
  endless(`${name} are read in time that grows with them`, () => {
    for (const [what, text] of Object.entries(texts)) {
      const start = Date.now();
      read(text);
      // They take milliseconds; what is quadratic takes a minute.
      assert.ok(Date.now() - start < 15_000, what);
    }
  });

endless.run();
