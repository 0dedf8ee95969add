import type { Plugin } from 'esbuild';

/**
 * simple-git tells `debug` every step, for whoever looks for a fault of its own. To get ready for that takes every run 5 ms
 * (terminal, colours, names in DEBUG), so in the package nobody listens; in a checkout DEBUG=simple-git works.
 */
export function silentDebug(): Plugin {
  return {
    name: 'silent-debug',
    setup(build) {
      build.onResolve({ filter: /^debug$/ }, () => ({ path: 'debug', namespace: 'silent' }));
      build.onLoad({ filter: /.*/, namespace: 'silent' }, () => ({
        contents: `
          const listener = () => Object.assign(() => {}, { enabled: false, extend: listener });
          module.exports = Object.assign(listener, { formatters: {} });`,
      }));
    },
  };
}
