import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';

/**
 * Puts everything that is loaded at the start into one chunk. esbuild makes a chunk for each set of entries that share
 * code, a dozen for the start alone, and every file costs half a millisecond before the first word is shown. When all
 * that is loaded later imports the whole start (which is there by then), there is one set only.
 *
 * @param metafile of the same bundle without this plugin
 * @param entry the file that starts
 */
export function oneChunkToStart(
  root: string,
  { inputs, outputs }: Metafile,
  entry: string,
): Plugin {
  const start = reachable(inputs, entry);
  const later = new Set(
    Object.values(outputs)
      .flatMap(({ entryPoint = '' }) => entryPoint)
      .filter((path) => path.endsWith('.ts') && !start.has(path)),
  );
  start.delete(entry);
  const imports = [...start].map((path) => `import ${JSON.stringify(join(root, path))};\n`);
  return {
    name: 'one-chunk-to-start',
    setup(build) {
      build.onResolve({ filter: /^the-start$/ }, ({ path }) => ({ path, namespace: 'start' }));
      build.onLoad({ filter: /.*/, namespace: 'start' }, () => ({
        contents: imports.join(''),
        resolveDir: root,
      }));
      build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (!later.has(path.slice(root.length))) return undefined;
        const contents = `import 'the-start';\n${await readFile(path, 'utf8')}`;
        return { contents, loader: 'ts' };
      });
    },
  };
}

/** All files that a file imports without waiting, and itself. */
function reachable(inputs: Metafile['inputs'], file: string, found = new Set<string>()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const { path, kind, external } of inputs[file]?.imports ?? []) {
    if (kind === 'import-statement' && !external) reachable(inputs, path, found);
  }
  return found;
}
