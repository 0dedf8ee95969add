import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { templateCode } from '../src/render/compile.ts';
import { templateSources } from '../src/template-files.ts';

/** Compiles the templates into the bundle: it needs neither their files nor EJS. */
export function compiledTemplates(root: string): Plugin {
  return {
    name: 'compiled-templates',
    setup(build) {
      build.onLoad({ filter: /[\\/]src[\\/]template-files\.ts$/ }, () => {
        const entries = templateSources().map((source) => {
          const text = readFileSync(join(root, 'blueprints', source), 'utf8');
          return `${JSON.stringify(source)}: ${templateCode(text)},\n`;
        });
        return {
          contents: `const compiled = {\n${entries.join('')}};
            export const templateSources = () => Object.keys(compiled);
            export const templateAt = (source) => compiled[source];`,
          loader: 'js',
        };
      });
    },
  };
}
