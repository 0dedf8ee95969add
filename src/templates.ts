import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blueprints } from '../blueprints/index.ts';

/** The blueprints' folders: beside `src/` in a checkout and beside the bundle in the package. */
const blueprintRoot = fileURLToPath(new URL('../blueprints/', import.meta.url));

/** Paths in the stack of every blueprint's templates. */
export function listTemplates(): Record<string, string[]> {
  const lists = blueprints.map(({ id }) => {
    const root = join(blueprintRoot, id, 'files');
    const entries = existsSync(root)
      ? readdirSync(root, { recursive: true, withFileTypes: true })
      : [];
    const paths = entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ejs'))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1, -4))
      .sort();
    return [id, paths] as const;
  });
  return Object.fromEntries(lists);
}

/** A template of a blueprint, with the path that sentences about it name. */
export async function readTemplate(blueprint: string, path: string) {
  const source = join(blueprintRoot, blueprint, path);
  return { source, text: readFileSync(source, 'utf8') };
}
