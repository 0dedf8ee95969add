import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { answersFile } from './answers/gather.ts';
import { type Problem, StackError } from './errors.ts';
import {
  type Change,
  changesBetween,
  formatLocal,
  isTag,
  localPath,
  openCatalogue,
  parseLocal,
  type ReleaseFacts,
  releaseTags,
} from './releases/index.ts';
import { openCheckout } from './releases/read/checkout.ts';
import { readRelease } from './releases/read/release.ts';
import { commitNewFile } from './sync/index.ts';

/** A release that a stack has learnt about, beside the newest one before it. */
export interface Added {
  /** The file with its facts, from the stack on. */
  readonly path: string;
  /** It was not there with these facts before. */
  readonly written: boolean;
  readonly commit?: string;
  readonly from: string;
  readonly to: string;
  readonly changes: readonly Change[];
}

/**
 * Reads the facts of a release from a checkout into the stack here.
 *
 * @param words the tag, where the checkout is not of one release only
 * @param from the checkout, relative to the directory
 * @throws StackError when there is no stack, or the checkout is not of a release that can be read and was unknown
 */
export async function addRelease(
  words: readonly string[],
  { from, git }: { readonly from?: string; readonly git: boolean },
  directory: string,
): Promise<Added> {
  const [tag, more] = words;
  if (from === undefined || more !== undefined)
    throw new StackError({
      what: 'A checkout of docker-jitsi-meet and at most one tag are needed.',
      fix: 'For example: npx create-jitsi-stack@latest releases add --from ../docker-jitsi-meet stable-11146-2',
    });
  if (tag !== undefined && !isTag(tag))
    throw new StackError({
      what: `“${tag}” is not the tag of a release.`,
      fix: 'Releases are called stable-NUMBER or stable-NUMBER-NUMBER.',
    });
  if (!existsSync(join(directory, answersFile)))
    throw new StackError({
      what: 'There is no stack here that could learn about a release.',
      fix: 'Run this in the directory of one: there is a jitsi-stack.json in it.',
    });
  const facts = await factsIn(resolve(directory, from), from, tag);
  const path = localPath(facts.tag);
  const text = formatLocal(facts);

  const catalogue = openCatalogue([directory], [facts]);
  const before = catalogue.tags[catalogue.tags.indexOf(facts.tag) - 1] ?? '';
  const changes = await changesBetween(before, facts.tag, catalogue);
  const origin = facts.commit === '' ? '' : ` at ${facts.commit}`;
  const message = `Know ${facts.tag}: its facts, read from docker-jitsi-meet${origin}`;
  const kept = await commitNewFile(directory, { path, text, message }, { git });
  return { path, ...kept, from: before, to: facts.tag, changes };
}

/** Reads the files of a release, and says in a sentence when they are not what they used to be. */
async function factsIn(
  checkout: string,
  named: string,
  tag: string | undefined,
): Promise<ReleaseFacts> {
  const refuse = (problem: Problem) => new StackError({ where: named, ...problem });
  if (tag !== undefined) refuseKnown(tag);
  const opened = openCheckout(checkout, tag);
  refuseKnown(opened.tag);
  try {
    // What is written must be what is read.
    return await parseLocal(formatLocal(readRelease(opened.tree, opened)), opened.tag);
  } catch (error) {
    throw refuse({
      what: `The files of ${opened.tag} cannot be read like those of the releases before.`,
      why: `${error instanceof Error ? error.message : String(error)}.`,
      fix: `Upstream has changed something that this version does not understand: npx create-jitsi-stack@latest may. Until then, --release ${opened.tag} goes by the rules of the newest known release.`,
    });
  }
}

function refuseKnown(tag: string): void {
  if (!releaseTags().includes(tag)) return;
  throw new StackError({
    where: tag,
    what: 'This version knows it by itself: there is nothing to add.',
    fix: `Use it with npx create-jitsi-stack@latest --release ${tag}`,
  });
}
