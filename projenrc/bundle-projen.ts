import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

/** Where projen keeps what a stack is written with. Importing its index would load everything that it can do. */
const used = {
  Project: 'project',
  TextFile: 'textfile',
  EndOfLine: 'gitattributes',
  LogLevel: 'logger',
} as const;

/**
 * What those files load and a stack never calls: a shell that runs tasks (half of all, with its WebAssembly), and
 * Renovate, which brings the components of every kind of npm project.
 */
const unused = ['util/dax', 'renovatebot'];

/** Makes `import … from 'projen'` bring in only what is used. Anything else that is imported from it fails the build. */
export function onlyUsedProjen(): Plugin {
  const root = dirname(createRequire(import.meta.url).resolve('projen/package.json'));
  return {
    name: 'only-used-projen',
    setup(build) {
      build.onResolve({ filter: /^projen$/ }, () => ({ path: 'projen', namespace: 'used' }));
      build.onLoad({ filter: /.*/, namespace: 'used' }, () => ({
        contents: Object.entries(used)
          .map(([name, file]) => `export { ${name} } from './lib/${file}.js';`)
          .join('\n'),
        resolveDir: root,
      }));
      const left = new Map(unused.map((file) => [join(root, 'lib', `${file}.js`), file]));
      build.onLoad({ filter: /[\\/]projen[\\/]lib[\\/]/ }, ({ path }) => {
        const file = left.get(path);
        return file === undefined ? undefined : { contents: absent(file) };
      });
    },
  };
}

/** A module that says so when anything of it is used after all. */
function absent(file: string): string {
  return `module.exports = new Proxy({}, {
    get(_, name) {
      if (name === '__esModule') return true;
      throw new Error('projen/lib/${file} is not in this bundle, and ' + String(name) + ' of it was used');
    },
  });`;
}
