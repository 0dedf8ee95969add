import { StackError } from '../errors.ts';
import type { Contributed } from './contribute.ts';
import { Owned } from './owned.ts';
import type { Directory } from './plan.ts';

/** Where containers write. */
const root = 'data/';
/** As which `prepare` makes directories. */
const user = 1000;

/**
 * The directories that containers write to.
 *
 * @throws StackError when two features have one, when one lies elsewhere than in `data/`, and when one lies where `prepare`
 * cannot make it: in a directory of another user than the containers' own
 */
export function planDirectories(contributions: readonly Contributed[]): readonly Directory[] {
  const owned = new Owned<Directory>('directory');
  for (const { blueprint, contribution } of contributions)
    for (const one of contribution.directories ?? []) owned.add(one.path, one, blueprint.id);
  const all = owned.values();
  for (const { path } of all) {
    if (!path.startsWith(root))
      throw new StackError({
        what: `The directory ${path} is not below ${root}, and containers write nowhere else.`,
      });
    const around = all.find((other) => path.startsWith(`${other.path}/`) && other.owner !== user);
    if (around)
      throw new StackError({
        what: `The directory ${path} lies in ${around.path}, which belongs to another user.`,
        fix: `Put it beside that one, below ${root}.`,
      });
  }
  return all;
}
