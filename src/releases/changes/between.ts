import { loadRelease, releaseTags } from '../catalogue.ts';
import { compareTags } from '../tags.ts';
import type { Change } from './change.ts';
import { derivedChanges } from './derived.ts';
import { notableChanges } from './notable.ts';

/**
 * What is different for the operator after going from one release to a newer one, oldest first: every change of the
 * releases in between, without those that a later one takes back.
 *
 * @throws {StackError} for an unknown tag
 * @throws {RangeError} when `to` is not newer: what an upgrade moved, a downgrade does not find
 */
export async function changesBetween(from: string, to: string): Promise<Change[]> {
  const [before, after] = await Promise.all([loadRelease(from), loadRelease(to)]);
  if (compareTags(from, to) >= 0) throw new RangeError(`${to} is not newer than ${from}`);
  const tags = releaseTags().filter(
    (tag) => compareTags(from, tag) < 0 && compareTags(tag, to) <= 0,
  );
  const steps = await Promise.all([from, ...tags].map((tag) => loadRelease(tag)));
  const since = new Map<string, string>();
  steps.slice(1).forEach((release, index) => {
    for (const change of derivedChanges(steps[index] ?? before, release))
      since.set(subject(change), release.tag);
  });
  return [
    ...derivedChanges(before, after).map((change) => ({
      ...change,
      since: since.get(subject(change)) ?? to,
    })),
    ...notableChanges.filter((change) => tags.includes(change.since)),
  ].sort((a, b) => compareTags(a.since, b.since));
}

/** Recognizes a change over many releases in the one release that made it. */
function subject({ topic, names, services }: Change): string {
  return [topic, ...(names.length > 0 ? names : services)].join(' ');
}
