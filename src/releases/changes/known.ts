import { StackError } from '../../errors.ts';
import { type Catalogue, standIn, toolCatalogue } from '../catalogue.ts';
import { heardUpTo } from '../heard.ts';
import { compareTags } from '../tags.ts';
import { changesBetween } from './between.ts';
import type { Change } from './change.ts';

export interface KnownChanges {
  readonly changes: readonly Change[];
  /** The newest release whose changes are known, when `to` is newer. */
  readonly knownUntil?: string;
  /** Releases on the way that nobody has described: only what their files show is among the changes. */
  readonly undescribed: readonly string[];
}

/** What is known of the changes between two releases, either of which may be unknown. */
export async function knownChanges(
  from: string,
  to: string,
  catalogue: Catalogue = toolCatalogue,
): Promise<KnownChanges> {
  const [start, end] = [standIn(from, catalogue), standIn(to, catalogue)];
  const known = compareTags(start, end) < 0 ? await changesBetween(start, end, catalogue) : [];
  const later = heardUpTo(to, catalogue.tags).filter(({ tag }) => compareTags(from, tag) < 0);
  return {
    changes: [...known, ...later.flatMap(({ changes }) => changes)],
    ...(end !== to && { knownUntil: end }),
    undescribed: catalogue.tags.filter(
      (tag) =>
        catalogue.local.has(tag) && compareTags(start, tag) < 0 && compareTags(tag, end) <= 0,
    ),
  };
}

/**
 * @param inCluster its data lies in volumes, and not on a server
 * @throws StackError when `to` is the older one
 */
export function refuseDowngrade(from: string, to: string, inCluster: boolean): void {
  if (compareTags(from, to) <= 0) return;
  throw new StackError({
    answer: 'release',
    what: `${to} is older than ${from}, which this stack is made for.`,
    why: 'A newer release gives data another place, owner and form, and an older one cannot read it.',
    fix: `Stay with ${from}, or go back as a whole: take the update's commit back (git revert), then ${
      inCluster
        ? 'put the volumes back as they were before it, and “Install it” as README.md says'
        : './stack restore FILE with a backup from before it'
    }.`,
  });
}
