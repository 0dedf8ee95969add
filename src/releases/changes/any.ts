import { StackError } from '../../errors.ts';
import { newestRelease } from '../catalogue.ts';
import { compareTags } from '../tags.ts';
import { changesBetween } from './between.ts';
import type { Change } from './change.ts';

export interface KnownChanges {
  readonly changes: readonly Change[];
  /** The newest known release, when one of the two is newer. */
  readonly knownUntil?: string;
}

/** What is known of the changes between two releases of which the newer one, or both, may be unknown. */
export async function knownChanges(from: string, to: string): Promise<KnownChanges> {
  if (compareTags(to, newestRelease) <= 0) return { changes: await changesBetween(from, to) };
  const changes =
    compareTags(from, newestRelease) < 0 ? await changesBetween(from, newestRelease) : [];
  return { changes, knownUntil: newestRelease };
}

/** @throws StackError when `to` is the older one */
export function refuseDowngrade(from: string, to: string): void {
  if (compareTags(from, to) <= 0) return;
  throw new StackError({
    where: 'release',
    what: `${to} is older than ${from}, which this stack is made for.`,
    why: 'A newer release gives data another place, owner and form, and an older one cannot read it.',
    fix: `Stay with ${from}, or go back as a whole: take the update's commit back (git revert), then ./stack restore FILE with a backup from before it.`,
  });
}
