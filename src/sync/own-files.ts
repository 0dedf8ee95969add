import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Drift } from './lock/drift.ts';

/** Directories in which containers and git write, and the pair: nobody's work. */
const notWork = /^(?:\.git|data|backups|certs|node_modules)$/;
/** More than a stack with everything has; who has more has something else there. */
const most = 2000;

/** Files of a stack that its owner made or edited, relative to it. */
export function ownFiles(directory: string, { files }: Drift): string[] {
  const generated = new Map(files.map(({ path, condition }) => [path, condition]));
  const found: string[] = [];
  const look = (folder: string) => {
    for (const name of namesIn(join(directory, folder))) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (found.length >= most || (folder === '' && notWork.test(name))) continue;
      const facts = lstatSync(join(directory, path), { throwIfNoEntry: false });
      if (facts?.isDirectory()) look(path);
      else if (facts?.isFile() && generated.get(path) !== 'as-generated') found.push(path);
    }
  };
  look('');
  return found;
}

/** What may not be read is not looked at. */
function namesIn(path: string): string[] {
  try {
    return readdirSync(path).sort();
  } catch {
    return [];
  }
}
