import { StackError } from '../errors.ts';
import { historyOf } from './history.ts';
import { releaseDates } from './list.ts';
import { type Release, releaseFrom } from './release.ts';
import { compareTags, isTag, tagOrder } from './tags.ts';
import { unpack } from './timeline.ts';

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
  if (!Object.hasOwn(releaseDates, tag)) throw new StackError(unknownRelease(tag));
  const { timeline } = await import('./data.ts');
  return releaseFrom(unpack(timeline, tags, tag), () => historyOf(timeline, tags, tag));
}

/**
 * A release that came out after this version of the tool, by the rules of the newest one that it knows. Only for a tag
 * that is newer: `assumedFrom` says so to whoever shows the release.
 *
 * @throws {StackError} for a tag that is not newer than all known ones, or not of the form stable-NUMBER[-NUMBER]
 */
export async function assumeRelease(tag: string): Promise<Release> {
  if (!isTag(tag) || compareTags(tag, newestRelease) <= 0)
    throw new StackError(unknownRelease(tag));
  const { timeline } = await import('./data.ts');
  const facts = { ...unpack(timeline, tags, newestRelease), tag, date: '', commit: '' };
  const history = () => historyOf(timeline, tags, newestRelease);
  return { ...releaseFrom(facts, history), assumedFrom: newestRelease };
}

/**
 * A release by its tag: from the catalogue, or assumed where it is newer than all of them.
 *
 * @throws {StackError} for anything else
 */
export function findRelease(tag: string): Promise<Release> {
  return isTag(tag) && compareTags(tag, newestRelease) > 0 ? assumeRelease(tag) : loadRelease(tag);
}

function unknownRelease(tag: string) {
  return {
    what: `"${tag}" is not a release that this version knows.`,
    where: 'release',
    why: `It knows ${tags.length} releases, from ${tags[0]} to ${newestRelease}.`,
    fix: `Did you mean ${closest(tag)}? \`create-jitsi-stack releases\` lists them all.`,
  };
}

/** `latest` and `unstable` move, so the newest is meant; a number that never was is near its neighbours. */
function closest(tag: string): string {
  const [, wanted, suffix] = /(\d+)(?:-(\d+))?/.exec(tag) ?? [];
  if (wanted === undefined) return newestRelease;
  const distance = (known: string) => {
    const [number, patch] = tagOrder(known);
    return Math.abs(number - Number(wanted)) + Math.abs(patch - Number(suffix ?? 9)) / 100;
  };
  return tags.reduce((best, known) => (distance(known) < distance(best) ? known : best));
}
