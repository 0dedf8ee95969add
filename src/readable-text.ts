import { readFileSync, statSync } from 'node:fs';

/** The text of a file; undefined where there is none, or none that may be read. A pipe in its place would be waited for for ever. */
export function readableText(path: string): string | undefined {
  try {
    return statSync(path).isFile() ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
