/** Writes the golden trees anew. Their diff says what a change means for stacks that exist; read it before committing. */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { emptyDirSync, outputFileSync } from 'fs-extra/esm';
import { maintain } from '../../projenrc/maintain.ts';
import { cases, render } from './cases.ts';

await maintain(async () => {
  // All of them first: where one cannot be made, none is written.
  const made = await Promise.all(cases.map(async (one) => ({ ...one, files: await render(one) })));
  for (const { tree, files } of made) {
    emptyDirSync(tree);
    for (const { path, text, executable } of files) {
      const target = join(tree, path);
      outputFileSync(target, text);
      chmodSync(target, executable ? 0o755 : 0o644);
    }
  }
  return `Wrote ${made.map(({ name, files }) => `${name} (${files.length} files)`).join(', ')}. Read: git diff test/golden`;
});
