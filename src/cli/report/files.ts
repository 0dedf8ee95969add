import type { Plan } from '../../plan/plan.ts';
import { listing } from './table.ts';

/** What will be written, a line for each folder. */
export function fileList({ files, secrets }: Plan, width: number): string {
  const folders = new Map<string, string[]>();
  const paths = [...files.map(({ path }) => path), ...(secrets.length > 0 ? ['.env'] : [])];
  for (const path of paths.sort()) {
    const at = path.indexOf('/');
    const folder = at === -1 ? './' : path.slice(0, at + 1);
    folders.set(folder, [...(folders.get(folder) ?? []), at === -1 ? path : path.slice(at + 1)]);
  }
  const names = [...folders.keys()].sort((a, b) =>
    a === './' ? -1 : b === './' ? 1 : a < b ? -1 : 1,
  );
  return listing(
    names.map((name) => [name, (folders.get(name) ?? []).join(', ')]),
    width,
  );
}
