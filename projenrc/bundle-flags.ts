import type { Plugin } from 'esbuild';
import { flags } from '../src/cli/flags.ts';

/** Writes down the flag of every answer, so that the package knows them before it loads any feature. */
export function writtenFlags(): Plugin {
  return {
    name: 'written-flags',
    setup(build) {
      build.onLoad({ filter: /[\\/]src[\\/]cli[\\/]flags\.ts$/ }, () => ({
        contents: `export const flags = JSON.parse(${JSON.stringify(JSON.stringify(flags))});`,
        loader: 'js',
      }));
    },
  };
}
