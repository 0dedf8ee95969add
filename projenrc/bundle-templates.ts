import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Plugin, transformSync } from 'esbuild';
import { templateCode } from '../src/render/compile.ts';
import { templateSources } from '../src/template-files.ts';

/**
 * Compiles the templates for the package: it needs neither their files nor EJS. They are two thirds of all its code, and
 * a run with nothing to do renders nothing: so they lie beside the bundle, which asks for them with the first template.
 *
 * @param root of the checkout, with a slash at its end
 */
export function compiledTemplates(root: string): Plugin {
  // Once, however often the plugin is set up: the package is bundled twice.
  const templates = compileAll(root);
  return {
    name: 'compiled-templates',
    setup(build) {
      const { outdir, outfile = '' } = build.initialOptions;
      build.onResolve({ filter: /^\.\/templates-\w+\.cjs$/ }, ({ path }) => ({
        path,
        external: true,
      }));
      build.onLoad({ filter: /[\\/]src[\\/]template-files\.ts$/ }, () => ({
        contents: `const sources = ${JSON.stringify(templateSources())};
          export const templateSources = () => sources;
          export const templateAt = (source) => require('./${templates.name}')[source];`,
        loader: 'js',
      }));
      build.onEnd(() => {
        if (build.initialOptions.write === false) return;
        writeFileSync(resolve(root, outdir ?? dirname(outfile), templates.name), templates.code);
      });
    },
  };
}

/** One file, named by what is in it: so the name of whatever asks for it changes with any template. */
function compileAll(root: string): { readonly name: string; readonly code: string } {
  const entries = templateSources().map((source) => {
    const text = readFileSync(join(root, 'blueprints', source), 'utf8');
    return `${JSON.stringify(source)}: ${templateCode(text)},\n`;
  });
  const { code } = transformSync(`module.exports = {\n${entries.join('')}};`, {
    minifySyntax: true,
    minifyWhitespace: true,
  });
  const digest = createHash('sha256').update(code).digest('hex').slice(0, 8);
  return { name: `templates-${digest}.cjs`, code };
}
