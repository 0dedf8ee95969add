import { existsSync, readFileSync } from 'node:fs';

/** The version of this tool, from the nearest package.json above: the bundle and the checkout nest differently. */
export function version(): string {
  for (let folder = new URL('./', import.meta.url); ; folder = new URL('../', folder)) {
    const manifest = new URL('package.json', folder);
    if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')).version;
    if (folder.pathname === '/') return 'unknown';
  }
}
