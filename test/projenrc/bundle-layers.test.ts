import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { layers, start } from '../../projenrc/bundle-layers.ts';
import { onlyUsedProjen } from '../../projenrc/bundle-projen.ts';

const bundle = suite<{ inputs: Metafile['inputs'] }>('what is loaded together');
const [asks = [], decides = []] = layers;

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
    plugins: [onlyUsedProjen()],
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

bundle(
  'an update loads no reader of YAML, no projen and no maker of certificates',
  ({ inputs }) => {
    const unwanted = ['src/adopt/read/yaml.ts', 'src/releases/read/', '/projen/', '/@peculiar/'];
    assert.equal(loaded(inputs, decides, unwanted), []);
    assert.ok(loaded(inputs, decides, ['/zod/']).length > 0, 'it sees what is loaded');
  },
);

bundle.run();
