import { StackError } from '../errors.ts';
import type { ReleaseFacts } from './facts.ts';
import { releaseDates } from './list.ts';
import { type Release, releaseFrom } from './release.ts';
import { nearest } from './spelling.ts';

const tags: readonly string[] = Object.keys(releaseDates);

/** The newest release that this version of the tool knows. */
export const newestRelease: string = tags.at(-1) ?? '';

/** Every known release, oldest first. */
export function releaseTags(): readonly string[] {
  return tags;
}

/** Day of a known release, `YYYY-MM-DD`, without loading its facts. */
export function releaseDate(tag: string): string | undefined {
  return releaseDates[tag];
}

/**
 * Everything known about a release. The data is loaded at the first call.
 *
 * @throws {StackError} for a tag that the catalogue does not have, with the nearest one that it has
 * @example (await loadRelease('stable-11146-2')).services.web.image // 'ghcr.io/jitsi/web:stable-11146-2'
 */
export async function loadRelease(tag: string): Promise<Release> {
  return releaseFrom(await loadFacts(tag));
}

/** The facts alone, as a stack's own catalogue or a comparison wants them. */
export async function loadFacts(tag: string): Promise<ReleaseFacts> {
  if (!(tag in releaseDates)) throw new StackError(unknownRelease(tag));
  const [{ timeline }, { unpack }] = await Promise.all([
    import('./data.ts'),
    import('./timeline.ts'),
  ]);
  return unpack(timeline, tags, tag);
}

function unknownRelease(tag: string) {
  const complete = /^\d+(?:-\d+)?$/.test(tag) ? `stable-${tag}` : tag;
  const similar = complete in releaseDates ? complete : closest(complete);
  return {
    what: `"${tag}" is not a release that this version knows.`,
    where: 'release',
    why: `It knows ${tags.length} releases, from ${tags[0]} to ${newestRelease}.`,
    fix: `Did you mean ${similar}? \`create-jitsi-stack releases\` lists them all.`,
  };
}

/** `latest` and `unstable` move, so they cannot be meant; a number that never was is near its neighbours. */
function closest(tag: string): string {
  const number = Number(/\d+/.exec(tag)?.[0] ?? Number.NaN);
  if (Number.isNaN(number)) return nearest(tag, tags) ?? newestRelease;
  const patch = tags.findLast((known) => known.startsWith(`stable-${number}-`));
  if (patch !== undefined) return patch;
  const typo = nearest(tag, tags);
  if (typo !== undefined && tag.length - typo.length !== 0) return typo;
  return tags.reduce((best, known) => (distanceTo(known) < distanceTo(best) ? known : best));

  function distanceTo(known: string): number {
    return Math.abs(Number(/\d+/.exec(known)?.[0]) - number);
  }
}
