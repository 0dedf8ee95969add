import { shellWord } from '../shell-word.ts';

/** Where a stack has prosody's accounts. */
export const accountsHere = 'data/prosody/data';

/** What is said about them. */
export const accountsOf = 'accounts and rooms of prosody';

/** A file or directory of the old installation, and where it goes in the stack. The original stays as it is. */
export interface Take {
  /** `data`: written by containers, not in git; `hook`: the owner's configuration, in git; `certificate`: the pair. */
  readonly kind: 'data' | 'hook' | 'certificate';
  readonly what: string;
  readonly from: string;
  /** The mount that it is in: no link below it is followed, because a container may have made it. */
  readonly base?: string;
  /** Relative to the stack. */
  readonly to: string;
  /** Names at the top of a directory that are left out. */
  readonly except?: readonly string[];
}

/** Something that this run cannot read or reach, and the command that brings it over. */
export interface LeftBehind {
  readonly what: string;
  readonly why: string;
  readonly command: string;
}

/** What only somebody with more rights can bring over. */
export function unreadable(
  take: Pick<Take, 'what' | 'from' | 'to' | 'except'>,
  path = take.from,
): LeftBehind {
  const why = `You are not allowed to read ${path}.`;
  return { what: take.what, why, command: copyCommand(take) };
}

/** What the installation mounts from somewhere else on this server, and comes along only when its owner says so. */
export function leftToOwner(take: Pick<Take, 'what' | 'from' | 'to' | 'except'>): LeftBehind {
  const why = `${take.from} lies outside the installation and its CONFIG. Look at what is in it first: it would be in git.`;
  return { what: take.what, why, command: copyCommand(take) };
}

/** Copies with root's rights what is newer than what is here; the stack corrects owners at its start. */
export function copyCommand({
  from,
  to,
  except = [],
}: Pick<Take, 'from' | 'to' | 'except'>): string {
  // Beside hosts the data of another release; root's shell has to look, because nobody else may.
  if (except.includes('data')) {
    return `sudo mkdir -p ${to}\nsudo sh -c 'cp -au "$0"/*%2e* ${to}/' ${shellWord(from)}`;
  }
  const folder = /\.[a-z]+$/.test(to) ? to.replace(/\/[^/]*$/, '') : to;
  const source = folder === to ? `${from}/.` : from;
  return `sudo mkdir -p ${folder}\nsudo cp -au ${shellWord(source)} ${folder}/`;
}
