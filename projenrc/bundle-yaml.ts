import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

/** What writes YAML, by the file of yaml that has it. */
const writer = {
  Document: 'doc/Document',
  Scalar: 'nodes/Scalar',
  'isMap, isScalar, isSeq': 'nodes/identity',
  visit: 'visit',
} as const;

/**
 * Takes yaml as ES modules, which its package has for browsers; for Node it offers CommonJS, which a bundler takes whole.
 * What only writes YAML gets no parser: anything else that it imports fails the build.
 */
export function yamlAsModules(): Plugin {
  const root = dirname(createRequire(import.meta.url).resolve('yaml/package.json'));
  return {
    name: 'yaml-as-modules',
    setup(build) {
      build.onResolve({ filter: /^yaml$/ }, ({ importer }) =>
        /[\\/]src[\\/]render[\\/]/.test(importer)
          ? { path: 'yaml', namespace: 'writer' }
          : { path: join(root, 'browser', 'index.js') },
      );
      build.onLoad({ filter: /.*/, namespace: 'writer' }, () => ({
        contents: Object.entries(writer)
          .map(([names, file]) => `export { ${names} } from './browser/dist/${file}.js';`)
          .join('\n'),
        resolveDir: root,
      }));
    },
  };
}
