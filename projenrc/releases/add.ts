/**
 * Adds releases to the catalogue, or reads them again, or says whether the catalogue still says what the files say:
 *
 *     npm run releases:add -- CHECKOUT TAG...
 *     npm run releases:add -- --new CHECKOUT      every tag after the newest known release
 *     npm run releases:add -- --check CHECKOUT
 *
 * CHECKOUT is a clone of docker-jitsi-meet that has the tags. docs/releases.md says what else a release needs.
 */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { StackError } from '../../src/errors.ts';
import { timeline } from '../../src/releases/data.ts';
import type { ReleaseFacts } from '../../src/releases/facts.ts';
import { releaseDates } from '../../src/releases/list.ts';
import { openCheckout } from '../../src/releases/read/checkout.ts';
import { readRelease } from '../../src/releases/read/release.ts';
import { compareTags, isTag } from '../../src/releases/tags.ts';
import { unpack } from '../../src/releases/timeline.ts';
import { maintain } from '../maintain.ts';
import { differing, writeCatalogue } from './catalogue-files.ts';

const known = Object.keys(releaseDates);
const newest = known.at(-1) ?? '';

await maintain(() => {
  const { values, positionals } = readArguments();
  const [checkout, ...named] = positionals;
  if (checkout === undefined || (!values.new && !values.check && named.length === 0))
    throw new StackError({
      what: 'A clone of docker-jitsi-meet is needed, and the tags to read.',
      fix: 'For example: npm run releases:add -- ../docker-jitsi-meet stable-11146-2, or --new, or --check, instead of tags.',
    });
  const wanted = values.check ? known : values.new ? newTags(checkout) : named;
  if (wanted.length === 0) return `${newest} is the newest release that ${checkout} has a tag of.`;
  const releases = withReleases(checkout, wanted);
  if (values.check) {
    const files = differing(releases);
    if (files.length === 0) return `All ${wanted.length} releases are as ${checkout} says.`;
    throw new StackError({
      what: `${files.join(' and ')} do not say what ${checkout} says.`,
      fix: 'Read the releases again by their tags, and look at the diff.',
    });
  }
  writeCatalogue(releases);
  return `Read ${wanted.join(', ')}; the newest of ${releases.length} releases is ${releases.at(-1)?.tag}. docs/releases.md says what else a release needs.`;
});

function readArguments() {
  try {
    return parseArgs({
      options: { check: { type: 'boolean' }, new: { type: 'boolean' } },
      allowPositionals: true,
    });
  } catch (error) {
    const [what = ''] = (error as Error).message.split('. ');
    throw new StackError({ what: `${what}.`, fix: 'There are --new and --check.' });
  }
}

/** The tags of a clone that are newer than all known releases, oldest first. */
function newTags(checkout: string): string[] {
  // Says what is wrong with the clone, if anything is.
  openCheckout(checkout, newest);
  return execFileSync('git', ['-C', checkout, 'tag', '--list'], { encoding: 'utf8' })
    .split('\n')
    .filter((tag) => isTag(tag) && compareTags(tag, newest) > 0)
    .sort(compareTags);
}

/** The catalogue with releases read, or read anew, from a clone. */
function withReleases(checkout: string, tags: readonly string[]): ReleaseFacts[] {
  return [
    ...known.filter((tag) => !tags.includes(tag)).map((tag) => unpack(timeline, known, tag)),
    ...tags.map((tag) => {
      const { tree, ...which } = openCheckout(checkout, tag);
      return readRelease(tree, which);
    }),
  ].sort((a, b) => compareTags(a.tag, b.tag));
}
