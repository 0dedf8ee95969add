import { type Catalogue, loadRelease, releaseDate } from './catalogue.ts';
import type { Release } from './release.ts';
import { compareTags } from './tags.ts';

/** The newest known release, for a stack that has an older one. */
export interface NewerRelease {
  readonly tag: string;
  /** `YYYY-MM-DD`; left out for a release that only the stack's owner knows. */
  readonly date?: string;
  /** Defects of the stack's own release that it does not have, in sentences. */
  readonly mends: readonly string[];
}

/** The newest release of the catalogue, where it came out after this one. */
export async function newerRelease(
  { tag, avoid }: Pick<Release, 'tag' | 'avoid'>,
  catalogue: Catalogue,
): Promise<NewerRelease | undefined> {
  const newest = catalogue.tags.at(-1);
  if (newest === undefined || compareTags(newest, tag) <= 0) return undefined;
  const stillBroken = new Set((await loadRelease(newest, catalogue)).avoid.map(({ why }) => why));
  const date = releaseDate(newest);
  return {
    tag: newest,
    ...(date !== undefined && { date }),
    mends: avoid.map(({ why }) => why).filter((why) => !stillBroken.has(why)),
  };
}
