import { existsSync, readFileSync } from 'node:fs';

/** What this tool's own package.json says of it. */
export interface Manifest {
  readonly version: string;
  /** Where defects are reported. */
  readonly bugs: { readonly url: string };
}

/** Reads the nearest package.json above: the bundle and the checkout nest differently. */
export function manifest(): Manifest {
  let folder = new URL('./', import.meta.url);
  while (!existsSync(new URL('package.json', folder))) folder = new URL('../', folder);
  return JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
}

/** The version of this tool. */
export function version(): string {
  return manifest().version;
}
