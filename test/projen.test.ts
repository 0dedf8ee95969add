import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const root = fileURLToPath(new URL('../', import.meta.url));

/** What projen writes, by path. */
function synthesized(): Record<string, string> {
  const { files } = JSON.parse(readFileSync(join(root, '.projen/files.json'), 'utf8')) as {
    files: string[];
  };
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

test('npx projen leaves the tree as it is', () => {
  const before = synthesized();
  execFileSync('node', ['node_modules/tsx/dist/cli.mjs', '.projenrc.ts'], {
    cwd: root,
    env: { ...process.env, PROJEN_DISABLE_POST: 'true' },
    stdio: 'pipe',
  });
  const after = synthesized();
  const changed = Object.keys({ ...before, ...after }).filter(
    (path) => before[path] !== after[path],
  );
  assert.equal(changed, [], 'commit what npx projen has written just now');
});

test.run();
