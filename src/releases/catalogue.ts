import { type Problem, StackError } from '../errors.ts';
import type { ReleaseFacts } from './facts.ts';
import { heardUpTo, notKnownYet, withHeard } from './heard.ts';
import { historyOf } from './history.ts';
import { releaseDates } from './list.ts';
import { type History, type Release, releaseFrom } from './release.ts';
import { compareTags, isTag, tagOrder } from './tags.ts';
import { unpack } from './timeline.ts';

const tags: readonly string[] = Object.keys(releaseDates);

/** The newest release that this version of the tool knows. */
export const newestRelease: string = tags.at(-1) ?? '';

/** The releases that a stack can be made for. */
export interface Catalogue {
  /** Every known release, oldest first. */
  readonly tags: readonly string[];
  /** Releases whose facts a stack's owner has read into it. */
  readonly local: ReadonlyMap<string, LocalFacts>;
  /** The facts of one of `tags`, and what came before and after it. */
  read(tag: string): Promise<Entry>;
}

export interface LocalFacts {
  /** Where a stack has them, from the stack on. */
  readonly path: string;
  /** Where they are now; absent for those that are in no stack yet. */
  readonly file?: string;
}

export interface Entry {
  readonly facts: ReleaseFacts;
  readonly history: () => History;
}

/** What this version of the tool knows by itself. The data is loaded at the first call. */
export const toolCatalogue: Catalogue = {
  tags,
  local: new Map(),
  async read(tag) {
    const { timeline } = await import('./data.ts');
    return {
      facts: unpack(timeline, tags, tag),
      history: () => historyOf(timeline, tags, tag),
    };
  },
};

/** Every release that the tool knows, oldest first. */
export function releaseTags(): readonly string[] {
  return tags;
}

/** Day of a release that the tool knows, `YYYY-MM-DD`, without loading its facts. */
export function releaseDate(tag: string): string | undefined {
  return releaseDates[tag];
}

/**
 * Everything known about a release.
 *
 * @throws {StackError} for a tag that the catalogue does not have, with the nearest one that it has
 * @example (await loadRelease('stable-11146-2')).services.web.image // 'ghcr.io/jitsi/web:stable-11146-2'
 */
export async function loadRelease(
  tag: string,
  catalogue: Catalogue = toolCatalogue,
): Promise<Release> {
  if (!catalogue.tags.includes(tag)) throw new StackError(unknownRelease(tag, catalogue.tags));
  const { facts, history } = await catalogue.read(tag);
  const readFrom = catalogue.local.get(tag)?.path;
  return releaseFrom(facts, history, {
    ...(readFrom !== undefined && { readFrom }),
    ...notKnownYet(tag, catalogue),
  });
}

/**
 * A release that came out after all known ones, by the rules of the newest of them: `assumedFrom` says so to whoever
 * shows it.
 *
 * @throws {StackError} for a tag that is not newer than all known ones, or not of the form stable-NUMBER[-NUMBER]
 */
export async function assumeRelease(
  tag: string,
  catalogue: Catalogue = toolCatalogue,
): Promise<Release> {
  const newest = catalogue.tags.at(-1) ?? '';
  if (!isTag(tag) || compareTags(tag, newest) <= 0)
    throw new StackError(unknownRelease(tag, catalogue.tags));
  return assume(tag, newest, catalogue);
}

/**
 * A release by its tag: from the catalogue, or assumed where it is newer than all of them.
 *
 * @throws {StackError} for anything else
 */
export function findRelease(tag: string, catalogue: Catalogue = toolCatalogue): Promise<Release> {
  return isTag(tag) && compareTags(tag, catalogue.tags.at(-1) ?? '') > 0
    ? assumeRelease(tag, catalogue)
    : loadRelease(tag, catalogue);
}

/** The release that a stack was made for so far. One that is not known any more goes by the one before it. */
export function formerRelease(tag: string, catalogue: Catalogue): Promise<Release> {
  const known = standIn(tag, catalogue);
  return known === tag ? loadRelease(tag, catalogue) : assume(tag, known, catalogue);
}

/** The release itself where it is known, else the newest known one before it; the oldest when there is none. */
export function standIn(tag: string, { tags }: Catalogue): string {
  return [...tags].reverse().find((known) => compareTags(known, tag) <= 0) ?? tags[0] ?? '';
}

async function assume(tag: string, known: string, catalogue: Catalogue): Promise<Release> {
  const { facts, history } = await catalogue.read(known);
  const later = withHeard(facts, heardUpTo(tag, catalogue.tags));
  return releaseFrom({ ...later, tag, date: '', commit: '' }, history, {
    assumedFrom: known,
    ...notKnownYet(tag, catalogue),
  });
}

function unknownRelease(tag: string, tags: readonly string[]): Problem {
  return {
    what: `"${tag}" is not a release that this version knows.`,
    answer: 'release',
    why: `It knows ${tags.length} releases, from ${tags[0]} to ${tags.at(-1)}.`,
    fix: `Did you mean ${closest(tag, tags)}? npx create-jitsi-stack@latest releases lists them all.`,
  };
}

/** `latest` and `unstable` move, so the newest is meant; a number that never was is near its neighbours. */
function closest(tag: string, tags: readonly string[]): string {
  const [, wanted, suffix] = /(\d+)(?:-(\d+))?/.exec(tag) ?? [];
  if (wanted === undefined) return tags.at(-1) ?? '';
  const distance = (known: string) => {
    const [number, patch] = tagOrder(known);
    return Math.abs(number - Number(wanted)) + Math.abs(patch - Number(suffix ?? 9)) / 100;
  };
  return tags.reduce((best, known) => (distance(known) < distance(best) ? known : best));
}
