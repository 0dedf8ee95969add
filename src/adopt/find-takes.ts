import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { countAccounts, findAccounts } from './find-accounts.ts';
import { hooks } from './hook-places.ts';
import { hooksInVolumes, type Layout } from './in-volumes.ts';
import type { Installation } from './installation.ts';
import type { Pair } from './read/certificate.ts';
import { isDenied } from './read/list.ts';
import type { Role } from './read/roles.ts';
import {
  accountsHere,
  accountsOf,
  type LeftBehind,
  leftToOwner,
  type Take,
  unreadable,
} from './take.ts';

export interface Takeover {
  readonly takes: readonly Take[];
  readonly left: readonly LeftBehind[];
  /** Accounts of people, by the name that prosody keeps them under. */
  readonly accounts: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}

/** Finds what of an installation's files belongs into the stack. Nothing is read but names, and hooks for being empty. */
export function findTakes(
  installation: Installation,
  pair: Pair | 'denied' | undefined,
  ran: Layout,
): Takeover {
  const takes: Take[] = [];
  const left: LeftBehind[] = [];
  const notes: string[] = [];
  let accounts: Record<string, number> = {};

  const found = findAccounts(installation, ran);
  if (found && 'left' in found) left.push(found.left);
  else if (found) {
    const { path, except } = found;
    takes.push({
      kind: 'data',
      what: accountsOf,
      from: path,
      base: found.base,
      to: accountsHere,
      except,
    });
    accounts = countAccounts(path);
    notes.push(...found.notes);
  }
  for (const [role, target, to, except = []] of hooks) {
    const place = installation.places.of(role, target);
    if (!place || !('path' in place)) continue;
    const what = `hooks of ${role}`;
    const content = contentOf(place.path, except);
    if (content === 'some' && isElsewhere(installation, role, place.mount))
      left.push(leftToOwner({ what, from: place.path, to, except }));
    else if (content === 'some')
      takes.push({ kind: 'hook', what, from: place.path, base: place.mount, to, except });
    else if (content === 'denied') left.push(unreadable({ what, from: place.path, to }));
  }
  left.push(...hooksInVolumes(installation));
  if (pair === 'denied') {
    notes.push(
      'You are not allowed to read the old certificate. The stack starts with a self-signed one; ./stack certs install puts the old one in.',
    );
  } else if (pair && !pair.selfSigned) {
    takes.push({
      kind: 'certificate',
      what: 'certificate',
      from: pair.chain,
      to: 'certs/fullchain.pem',
    });
    takes.push({ kind: 'certificate', what: 'its key', from: pair.key, to: 'certs/privkey.pem' });
  }
  return { takes, left, accounts, notes };
}

/**
 * Whether a mount is neither in the installation, nor below its CONFIG, nor what the image itself calls its configuration: then it
 * may be anything of this server's, and what is taken ends in git.
 */
function isElsewhere({ directory, places }: Installation, role: Role, mount: string): boolean {
  const config = places.of(role, '/config');
  const known = [directory, places.config?.path, config && 'mount' in config && config.mount];
  return !known.some((path) => path && `${mount}/`.startsWith(`${path}/`));
}

function contentOf(path: string, except: readonly string[]): 'some' | 'none' | 'denied' {
  try {
    // A link is named when it comes to copying.
    const facts = lstatSync(path, { throwIfNoEntry: false });
    if (facts?.isSymbolicLink()) return 'some';
    if (facts?.isDirectory()) {
      return readdirSync(path).some((name) => !except.includes(name)) ? 'some' : 'none';
    }
    if (!facts?.isFile()) return 'none';
    return facts.size > 4096 || readFileSync(path, 'utf8').trim() !== '' ? 'some' : 'none';
  } catch (error) {
    return isDenied(error) ? 'denied' : 'none';
  }
}
