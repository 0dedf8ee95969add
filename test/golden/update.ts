/** Writes the golden trees anew. Their diff says what a change means for stacks that exist; read it before committing. */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cases, render } from './cases.ts';

for (const golden of cases) {
  const files = await render(golden);
  rmSync(golden.tree, { recursive: true, force: true });
  for (const { path, text, executable } of files) {
    const target = join(golden.tree, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    chmodSync(target, executable ? 0o755 : 0o644);
  }
  console.log(`${golden.name}: ${files.length} files`);
}
