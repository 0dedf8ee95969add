import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Compiled, compileTemplate } from './render/compile.ts';

/*
 * The templates of a checkout, read and compiled when they are asked for. In the package another module stands here,
 * with all of them compiled: see projenrc/bundle-templates.ts.
 */

const root = fileURLToPath(new URL('../blueprints/', import.meta.url));
const compiled = new Map<string, Compiled>();

/** Paths of all templates from the folder of blueprints on: `web/files/jitsi/web/custom-config.js.ejs`. */
export function templateSources(): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /^[^/]+\/files\/.+\.ejs$/.test(path))
    .sort();
}

/** One of them. */
export function templateAt(source: string): Compiled {
  const found = compiled.get(source) ?? compileTemplate(readFileSync(join(root, source), 'utf8'));
  compiled.set(source, found);
  return found;
}
