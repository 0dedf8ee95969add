import { type Catalogue, loadRelease, toolCatalogue } from '../catalogue.ts';
import { compareTags } from '../tags.ts';
import type { Change } from './change.ts';
import { derivedChanges } from './derived.ts';
import { layoutChanges } from './layout.ts';
import { notableChanges } from './notable.ts';

/**
 * What is different for the operator after going from one release to a newer one, oldest first: every change of the
 * releases in between, without those that a later one takes back.
 *
 * @throws {StackError} for an unknown tag
 * @throws {RangeError} when `to` is not newer: what an upgrade moved, a downgrade does not find
 */
export async function changesBetween(
  from: string,
  to: string,
  catalogue: Catalogue = toolCatalogue,
): Promise<Change[]> {
  const load = (tag: string) => loadRelease(tag, catalogue);
  const [before, after] = await Promise.all([load(from), load(to)]);
  if (compareTags(from, to) >= 0) throw new RangeError(`${to} is not newer than ${from}`);
  const tags = catalogue.tags.filter(
    (tag) => compareTags(from, tag) < 0 && compareTags(tag, to) <= 0,
  );
  const steps = await Promise.all([from, ...tags].map(load));
  const since = new Map<string, string>();
  const unread: Change[] = [];
  steps.slice(1).forEach((release, index) => {
    for (const change of derivedChanges(steps[index] ?? before, release))
      since.set(subject(change), release.tag);
    // Nobody has read the commits of this release yet, so its files say more than for the others.
    if (release.readFrom !== undefined)
      unread.push(...layoutChanges(steps[index] ?? before, release));
  });
  return [
    ...derivedChanges(before, after).map((change) => ({
      ...change,
      since: since.get(subject(change)) ?? to,
    })),
    ...unread,
    ...notableChanges.filter((change) => tags.includes(change.since)),
  ].sort((a, b) => compareTags(a.since, b.since));
}

/** Recognizes a change over many releases in the one release that made it. */
function subject({ topic, names, services }: Change): string {
  return [topic, ...(names.length > 0 ? names : services)].join(' ');
}
