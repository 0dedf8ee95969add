import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type Problem, StackError } from '../../errors.ts';
import { isTag } from '../tags.ts';
import { type Clone, withClone } from './clone.ts';
import type { SourceTree } from './tree.ts';

/** The files of one release of docker-jitsi-meet, and which one it is. */
export interface Checkout {
  readonly tree: SourceTree;
  readonly tag: string;
  /** Day of the commit, `YYYY-MM-DD`; empty where the files come without their history. */
  readonly date: string;
  readonly commit: string;
}

const compose = 'docker-compose.yml';

/**
 * Opens a clone of docker-jitsi-meet at a tag, or an unpacked release of it. Nothing in it is changed or executed, and
 * no network is needed.
 *
 * @param tag left out: the release that is checked out
 * @throws {StackError} when it is no docker-jitsi-meet, lacks the tag, or is of another release
 */
export function openCheckout(directory: string, tag?: string): Checkout {
  const refuse = (problem: Problem) => new StackError({ where: directory, ...problem });
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory())
    throw refuse({
      what: 'There is no such directory.',
      fix: 'A clone of https://github.com/jitsi/docker-jitsi-meet is needed, or an unpacked release of it.',
    });
  const found = existsSync(join(directory, '.git'))
    ? cloned(directory, tag, refuse)
    : { tree: unpacked(directory), date: '', commit: '' };
  if (!found.tree.paths.includes(compose))
    throw refuse({ what: `This is not docker-jitsi-meet: ${compose} is missing.` });
  if ('tag' in found && found.tag !== undefined) return { ...found, tag: found.tag };
  // A release has its own tag as the default; between releases it is a moving one.
  const stated = /\$\{JITSI_IMAGE_VERSION:-([^}]+)\}/.exec(found.tree.read(compose))?.[1] ?? 'none';
  if (!isTag(stated) || (tag ?? stated) !== stated)
    throw refuse({
      what: `Its ${compose} is that of ${stated}, and not of ${tag ?? 'a release'}.`,
      fix: 'Check a release out there, or name its tag where this is a clone.',
    });
  return { ...found, tag: stated };
}

type Cloned = Omit<Checkout, 'tag'> & Partial<Pick<Checkout, 'tag'>>;

function cloned(
  directory: string,
  tag: string | undefined,
  refuse: (problem: Problem) => StackError,
): Cloned {
  try {
    return withClone(directory, (clone) => atTag(clone, directory, tag, refuse));
  } catch (error) {
    if (error instanceof StackError) throw error;
    const { stderr, message } = error as Error & { stderr?: Buffer };
    throw refuse({
      what: 'Git cannot read this clone.',
      why: `It says: ${(stderr?.toString() || message).trim()}`,
    });
  }
}

function atTag(
  clone: Clone,
  directory: string,
  tag: string | undefined,
  refuse: (problem: Problem) => StackError,
): Cloned {
  const commit = clone.commitOf(tag === undefined ? 'HEAD' : `refs/tags/${tag}`);
  if (commit === undefined)
    throw refuse({
      what: tag === undefined ? 'Nothing is committed there.' : `It has no tag ${tag}.`,
      fix: `Fetch the tags (git -C ${directory} fetch --tags) and run this again.`,
    });
  if (tag === undefined && !clone.isCheckedOut(commit))
    throw refuse({
      what: 'Files in this checkout are edited, so they are not those of a release.',
      fix: 'Name the tag that is to be read, or put the files back.',
    });
  const known = tag ?? clone.tagsAt(commit).filter(isTag).at(-1);
  const date = clone.dateOf(commit);
  return { tree: clone.treeOf(commit), commit, date, ...(known && { tag: known }) };
}

/** The files of a directory. Links are left out: they may lead anywhere. */
function unpacked(directory: string): SourceTree {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath ?? entry.path, entry.name)))
    .map((path) => path.split(sep).join('/'));
  return { paths, read: (path) => readFileSync(join(directory, path), 'utf8') };
}
