import { createRequire } from 'node:module';
import { dirname, relative } from 'node:path';
import type { Plugin } from 'esbuild';

/** Where projen keeps what a stack is written with. Importing its index would load everything that it can do. */
const used = {
  Project: 'project',
  TextFile: 'textfile',
  EndOfLine: 'gitattributes',
  LogLevel: 'logger',
} as const;

/**
 * What those files load and a stack never calls: a shell that runs tasks (half of all, with its WebAssembly), Renovate,
 * which brings the components of every kind of npm project, the versions of an npm project's dependencies, patches of JSON
 * files, the colours of a log that is off, and the search for files of a synthesis before this one. (A stack is written into
 * an empty directory, so there are none.)
 */
const replaced: Readonly<Record<string, string>> = {
  'lib/util/dax.js': absent('util/dax'),
  'lib/renovatebot.js': absent('renovatebot'),
  'lib/cleanup.js': "exports.FILE_MANIFEST = '.projen/files.json'; exports.cleanup = () => {};",
  'node_modules/fast-glob/out/index.js': absent('fast-glob'),
  'node_modules/semver/index.js': absent('semver'),
  'node_modules/fast-json-patch/index.js': absent('fast-json-patch'),
  'node_modules/chalk/source/index.js': absent('chalk'),
};

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
      build.onLoad({ filter: /[\\/]projen[\\/]/ }, ({ path }) => {
        const contents = replaced[relative(root, path).replaceAll('\\', '/')];
        return contents === undefined ? undefined : { contents };
      });
    },
  };
}

/** A module that says so when anything of it is used after all. */
function absent(name: string): string {
  return `module.exports = new Proxy({}, {
    get(_, key) {
      if (key === '__esModule') return true;
      throw new Error('${name} is left out of this bundle, and its ' + String(key) + ' was used');
    },
  });`;
}
