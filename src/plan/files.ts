import { StackError } from '../errors.ts';
import type { AnyBlueprint, Contribution } from './blueprint.ts';
import type { Contributed } from './contribute.ts';
import { formatOf } from './format.ts';
import { Owned } from './owned.ts';
import type { PlannedFile } from './plan.ts';

/** Files that are made from data, without a template. */
export const dataFiles = ['compose.yaml', 'jitsi-stack.json'] as const;

/**
 * Every file of the stack, by path.
 *
 * @param templates paths in the stack of every feature's templates, by blueprint
 * @param data which of the files without a template are among them
 * @throws StackError when two features have one file, and as for the files of one
 */
export function planAllFiles(
  contributions: readonly Contributed[],
  templates: Readonly<Record<string, readonly string[]>>,
  data: readonly string[] = dataFiles,
): readonly PlannedFile[] {
  const files = new Owned<PlannedFile>('file');
  for (const path of data) {
    files.add(path, { path, blueprint: 'plan', executable: false, kind: 'managed' }, 'plan');
  }
  for (const { blueprint, contribution } of contributions) {
    for (const file of planFiles(blueprint, contribution, templates[blueprint.id] ?? [])) {
      files.add(file.path, file, blueprint.id);
    }
  }
  return files.values().sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * The files that a feature's templates become in this stack.
 *
 * @param templates their paths in the stack
 * @throws StackError for traits and formats of no template, and for a template without a known format
 */
function planFiles(
  { id, formats = {} }: AnyBlueprint,
  { files = {} }: Contribution,
  templates: readonly string[],
): PlannedFile[] {
  const named = [...Object.keys(files), ...Object.keys(formats)];
  const unknown = named.find((path) => !path.startsWith('*') && !templates.includes(path));
  if (unknown) {
    throw new StackError({ what: `Blueprint ${id} has no template for “${unknown}”.` });
  }
  return templates
    .filter((path) => files[path]?.absent !== true)
    .map((path) => {
      const format = formatOf(path, formats);
      if (!format) {
        throw new StackError({
          what: `Blueprint ${id} does not say in which language ${path} is written.`,
          fix: 'Name it in the “formats” of its blueprint.ts.',
        });
      }
      return {
        path,
        blueprint: id,
        template: `files/${path}.ejs`,
        format,
        executable: files[path]?.executable === true,
        kind: files[path]?.seeded ? 'seeded' : 'managed',
      };
    });
}
