import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';

/** The file that starts; what it needs is there for all that comes later. */
export const start = 'src/cli/main.ts';
/** What is loaded in one go after it, with what it needs besides: to ask where, what can be asked, to ask it, to decide and write. */
export const layers: readonly (readonly string[])[] = [
  ['src/cli/commands/create.ts'],
  ['src/cli/questions.ts'],
  ['src/cli/interactive.ts', 'src/answers/detect/host.ts', 'src/sync/lock/lock.ts'],
  ['src/cli/stages.ts', 'src/cli/non-interactive.ts'],
];
/** What must not wait for the layers, whatever it shares with them. */
const light = ['src/cli/wizard/clack.ts'];

/**
 * Puts files that are loaded together into one chunk. esbuild makes a chunk for each set of entries that share code,
 * dozens in all, and every one costs half a millisecond to load. Where whatever needs a part of a layer imports all of
 * it, there are few such sets.
 *
 * @param metafile of the same bundle without this plugin
 */
export function oneChunkEach(root: string, { inputs, outputs }: Metafile): Plugin {
  const there = reachable(inputs, [start]);
  const later = Object.values(outputs)
    .flatMap(({ entryPoint = '' }) => entryPoint)
    .filter((path) => path.endsWith('.ts') && !there.has(path));
  const contents = new Map([['layer:start', importAll(root, there, start)]]);
  const imports = new Map(later.map((path) => [path, ['layer:start']]));
  for (const [index, entries] of layers.entries()) {
    const layer = reachable(inputs, entries, there);
    contents.set(`layer:${index}`, importAll(root, layer));
    for (const [path, own] of imports) {
      const isEarlier = light.includes(path) || layers.slice(0, index).flat().includes(path);
      const needed = [...reachable(inputs, [path])].some((file) => layer.has(file));
      if (needed && !isEarlier) own.push(`layer:${index}`);
    }
    for (const file of layer) there.add(file);
  }
  return {
    name: 'one-chunk-each',
    setup(build) {
      build.onResolve({ filter: /^layer:/ }, ({ path }) => ({ path, namespace: 'layer' }));
      build.onLoad({ filter: /.*/, namespace: 'layer' }, ({ path }) => ({
        contents: contents.get(path) ?? '',
        resolveDir: root,
      }));
      build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const needed = imports.get(path.slice(root.length));
        if (!needed) return undefined;
        const lines = needed.map((layer) => `import '${layer}';\n`).join('');
        return { contents: `${lines}${await readFile(path, 'utf8')}`, loader: 'ts' };
      });
    },
  };
}

/** Libraries come along with the file that imports them. */
function importAll(root: string, files: ReadonlySet<string>, except?: string): string {
  return [...files]
    .filter((file) => file.endsWith('.ts') && file !== except)
    .map((file) => `import ${JSON.stringify(join(root, file))};\n`)
    .join('');
}

/** All files that these import without waiting, and themselves; without those that are there already. */
function reachable(
  inputs: Metafile['inputs'],
  files: readonly string[],
  there: ReadonlySet<string> = new Set(),
): Set<string> {
  const found = new Set<string>();
  const walk = (file: string) => {
    if (found.has(file) || there.has(file)) return;
    found.add(file);
    for (const { path, kind, external } of inputs[file]?.imports ?? [])
      if (kind !== 'dynamic-import' && !external) walk(path);
  };
  for (const file of files) walk(file);
  return found;
}
