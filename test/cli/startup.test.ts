import { resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const startup = suite('start-up');
const heavy = [
  'zod',
  '@clack/prompts',
  'yaml',
  'ejs',
  'projen',
  'simple-git',
  'ipaddr.js',
  'fs-extra',
];
const root = resolve(import.meta.dirname, '../..');

/** Files that are loaded before the first `import()` of `file` is reached, and those of the modules in `also`. */
function loaded({ inputs }: Metafile, file: string, also: readonly string[] = []): Set<string> {
  const seen = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { path: next, kind } of inputs[path]?.imports ?? []) {
      if (kind === 'import-statement' || kind === 'require-call') visit(next);
    }
  };
  for (const path of [file, ...also]) visit(path);
  return seen;
}

const packages = (files: Set<string>) =>
  heavy.filter((name) => [...files].some((file) => file.includes(`node_modules/${name}/`)));

let metafile: Metafile;
startup.before(async () => {
  const result = await build({
    absWorkingDir: root,
    entryPoints: ['src/cli/main.ts'],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    outdir: 'dist',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  metafile = result.metafile;
});

startup('the help text needs none of the heavy packages', () => {
  const files = loaded(metafile, 'src/cli/main.ts', ['src/cli/help.ts']);
  assert.ok(files.has('src/cli/invocation.ts'));
  assert.equal(packages(files), []);
});

startup('the first question needs the prompts only', () => {
  assert.equal(packages(loaded(metafile, 'src/cli/main.ts', ['src/cli/wizard/clack.ts'])), [
    '@clack/prompts',
  ]);
});

startup.run();
