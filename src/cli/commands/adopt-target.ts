import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Adoption } from '../../adopt/adoption.ts';
import { partiesOf } from '../../adopt/neighbours.ts';
import { StackError } from '../../errors.ts';
import type { Asker } from '../wizard/asker.ts';
import { chooseDirectory } from '../wizard/directory.ts';

interface Wanted {
  readonly words: readonly string[];
  readonly old: string;
  readonly installation: Adoption['installation'];
  readonly from: string;
  readonly asker: Asker | undefined;
}

/**
 * Where the stack goes. A compose project of Jitsi's alone becomes the stack, with its history. One that other services
 * share, and docker-jitsi-meet's checkout, stay what they are: the stack gets a directory beside them.
 */
export async function chooseTarget(wanted: Wanted): Promise<string> {
  const { words, old, installation, from, asker } = wanted;
  const { directory } = installation;
  const reason = reasonAgainstPlace(installation);
  if (reason === undefined && words.length === 0) return old;
  const beside = join(dirname(directory), 'meet');
  const proposed = relative(from, beside) || '.';
  const named =
    words.length === 0 && !asker
      ? proposed
      : await chooseDirectory({ words }, from, asker, proposed);
  const chosen = resolve(from, named);
  const isHere = samePlace(chosen, directory);
  const isInside = isHere || `${real(chosen)}${sep}`.startsWith(`${real(directory)}${sep}`);
  if (isInside && !(reason === undefined && isHere)) {
    throw new StackError({
      where: named,
      what: `The stack cannot be written into ${basename(directory)}.`,
      why: reason ?? 'A stack inside the old installation would become part of its repository.',
      fix: `Name a directory beside it: npx create-jitsi-stack@latest adopt ${old} ${proposed}`,
    });
  }
  return named;
}

/** Why an installation cannot become the stack where it is; undefined when it can. */
function reasonAgainstPlace(installation: Adoption['installation']): string | undefined {
  const { kind, sign, directory, compose } = installation;
  if (kind === 'upstream')
    return `That is a checkout of docker-jitsi-meet (${sign}); its updates would clash with the stack’s.`;
  const { neighbours } = partiesOf(installation);
  // A stack that an earlier run has begun is there already.
  if (neighbours.length === 0 || existsSync(join(directory, 'jitsi-stack.lock'))) return undefined;
  const names = neighbours.map(({ name }) => name).join(', ');
  return `${compose.files.join(', ')} has other services too (${names}); Compose would take the stack’s compose.yaml instead of it, and not start them any more.`;
}

/** Whether two paths lead to one place. */
export function samePlace(one: string, other: string): boolean {
  return real(one) === real(other);
}

function real(path: string): string {
  return existsSync(path) ? realpathSync(path) : resolve(path);
}
