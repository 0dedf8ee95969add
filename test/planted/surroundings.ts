import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Owner, mode, kind and content of everything below a directory but these paths in it: what has to stay as it is. */
export function surroundings(root: string, without: readonly string[]): Record<string, string> {
  const seen: Record<string, string> = {};
  const visit = (path: string) => {
    const full = join(root, path);
    const stat = lstatSync(full);
    const facts = `${stat.uid}:${stat.gid} ${stat.mode.toString(8)}`;
    if (stat.isSymbolicLink()) seen[path] = `${facts} -> ${readlinkSync(full)}`;
    else if (stat.isFile())
      seen[path] = `${facts} ${createHash('sha1').update(readFileSync(full)).digest('hex')}`;
    else seen[path] = facts;
    if (!stat.isDirectory()) return;
    for (const name of readdirSync(full)) {
      const below = path === '' ? name : `${path}/${name}`;
      if (!without.includes(below)) visit(below);
    }
  };
  visit('');
  return seen;
}

/** The files below a directory that hold a text; links are not followed. */
export function holding(root: string, text: string): string[] {
  return Object.keys(surroundings(root, [])).filter((path) => {
    const full = join(root, path);
    return lstatSync(full).isFile() && readFileSync(full).includes(text);
  });
}
