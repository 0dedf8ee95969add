import { StackError } from '../errors.ts';
import type { AnyBlueprint, Contribution } from './blueprint.ts';
import { formatOf } from './format.ts';
import type { PlannedFile } from './plan.ts';

/**
 * The files that a feature's templates become in this stack.
 *
 * @param templates their paths in the stack
 * @throws StackError for traits and formats of no template, and for a template without a known format
 */
export function planFiles(
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
