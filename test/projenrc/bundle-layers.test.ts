import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { writtenFlags } from '../../projenrc/bundle-flags.ts';
import { layers, start } from '../../projenrc/bundle-layers.ts';
import { onlyUsedProjen } from '../../projenrc/bundle-projen.ts';

const bundle = suite<{ inputs: Metafile['inputs'] }>('what is loaded together');
const decides = layers.at(-1) ?? [];
const asks = layers.slice(0, -1).flat();

bundle.before(async (context) => {
  const { metafile } = await build({
    absWorkingDir: fileURLToPath(new URL('../../', import.meta.url)),
    entryPoints: [start, ...layers.flat()],
    outdir: 'dist',
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    platform: 'node',
    metafile: true,
    define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
    plugins: [onlyUsedProjen(), writtenFlags()],
  });
  context.inputs = metafile.inputs;
});

/** Those of these parts of paths that are loaded with the entries, each with the file that asks for it. */
function loaded(
  inputs: Metafile['inputs'],
  entries: readonly string[],
  unwanted: readonly string[],
): string[] {
  const seen = new Set(entries);
  const found: string[] = [];
  for (const file of seen)
    for (const { path, kind } of inputs[file]?.imports ?? []) {
      if (kind === 'dynamic-import' || seen.has(path)) continue;
      seen.add(path);
      if (unwanted.some((part) => path.includes(part))) found.push(`${file} loads ${path}`);
    }
  return found;
}

const heavy = ['/zod/', '/yaml/', '/simple-git/', '/projen/', '/@peculiar/'];

bundle('the first word waits for no library that only decides or writes', ({ inputs }) => {
  assert.equal(loaded(inputs, [start], [...heavy, '/@clack/']), []);
  assert.equal(loaded(inputs, asks, heavy), []);
});

bundle('help and the first question wait for no feature', ({ inputs }) => {
  const first = ['src/cli/help.ts', 'src/cli/commands/create.ts', 'src/cli/wizard/clack.ts'];
  assert.equal(loaded(inputs, [start, ...first], ['blueprints/', 'src/plan/']), []);
  assert.ok(loaded(inputs, asks, ['blueprints/']).length > 0, 'it sees what is loaded');
});

bundle(
  'an update loads no reader of YAML, no projen and no maker of certificates',
  ({ inputs }) => {
    const unwanted = ['src/adopt/read/yaml.ts', 'src/releases/read/', '/projen/', '/@peculiar/'];
    assert.equal(loaded(inputs, decides, unwanted), []);
    assert.ok(loaded(inputs, decides, ['/zod/']).length > 0, 'it sees what is loaded');
  },
);

bundle.run();
