import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const projen = suite('npx projen');
const checkout = join(import.meta.dirname, '..');

/** What projen writes, by path. */
function synthesized(root: string): Record<string, string> {
  const { files } = JSON.parse(readFileSync(join(root, '.projen/files.json'), 'utf8')) as {
    files: string[];
  };
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** Writes it anew, and says which files are different then. */
function changedBySynth(root: string): string[] {
  const before = synthesized(root);
  execFileSync('node', ['node_modules/tsx/dist/cli.mjs', '.projenrc.ts'], {
    cwd: root,
    env: { ...process.env, PROJEN_DISABLE_POST: 'true' },
    stdio: 'pipe',
  });
  const after = synthesized(root);
  return Object.keys({ ...before, ...after })
    .filter((path) => before[path] !== after[path])
    .sort();
}

projen('leaves the tree as it is', () => {
  assert.equal(changedBySynth(checkout), [], 'commit what npx projen has written just now');
});

projen('settles in one run when a feature has come', () => {
  const root = mkdtempSync(join(tmpdir(), 'projen-'));
  try {
    const own = ['.projenrc.ts', '.projen', 'projenrc', 'src', 'blueprints', 'package.json'];
    const read = ['CHANGELOG.md', 'package-lock.json'];
    for (const path of [...own, ...Object.keys(synthesized(checkout)), ...read])
      cpSync(join(checkout, path), join(root, path), { recursive: true });
    symlinkSync(join(checkout, 'node_modules'), join(root, 'node_modules'));
    mkdirSync(join(root, 'blueprints/firewall-moat'));
    writeFileSync(
      join(root, 'blueprints/firewall-moat/blueprint.ts'),
      `import { defineBlueprint } from '../../src/blueprint.ts';

export const firewallMoat = defineBlueprint({
  id: 'firewall-moat',
  title: 'Moat',
  order: 99,
  offer: { section: 'firewall', value: 'moat', label: 'A moat', order: 9 },
  contribute: () => ({}),
});
`,
    );
    assert.equal(changedBySynth(root), ['blueprints/index.ts', 'docs/answers.md']);
    assert.match(readFileSync(join(root, 'docs/answers.md'), 'utf8'), 'A moat');
    assert.equal(changedBySynth(root), []);
  } finally {
    rmSync(root, { recursive: true });
  }
});

projen.run();
