import type { Plan } from '../../plan/plan.ts';
import { table } from './table.ts';
import { wrap } from './wrap.ts';

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
  const column = Math.max(...names.map((name) => name.length)) + 2;
  return table(
    names.flatMap((folder) =>
      wrap((folders.get(folder) ?? []).join(', '), width - column).map((line, index) => [
        index === 0 ? folder : ''.padEnd(folder.length),
        line,
      ]),
    ),
  ).join('\n');
}
