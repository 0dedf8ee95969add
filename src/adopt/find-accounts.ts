import { join } from 'node:path';
import { accountsInVolume, type Layout } from './in-volumes.ts';
import type { Installation } from './installation.ts';
import { list } from './read/list.ts';
import type { Place } from './read/places.ts';
import { accountsHere, accountsOf, type LeftBehind, unreadable } from './take.ts';

export interface Accounts {
  readonly path: string;
  readonly base: string;
  readonly except: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Where prosody keeps accounts, newest layout first: `/var/lib/prosody/data` from stable-11146-2 on, `/var/lib/prosody`
 * itself in stable-11146 and -1, `/config/data` before.
 */
export function findAccounts(
  { places }: Installation,
  ran: Layout,
): Accounts | { left: LeftBehind } | undefined {
  const targets = ['/var/lib/prosody/data', '/var/lib/prosody', '/config/data'];
  const candidates = targets.map((target) => ({ target, place: places.of('prosody', target) }));
  for (const { target, place } of candidates) {
    if (!place) continue;
    if ('volume' in place) return { left: accountsInVolume(place, target, ran) };
    const names = listHosts(place.path);
    if (names === 'denied') {
      return {
        left: unreadable({
          what: accountsOf,
          from: place.path,
          to: accountsHere,
        }),
      };
    }
    if (names.length === 0) continue;
    const inBetween = target === '/var/lib/prosody/data' ? hostsBeside(candidates[1]?.place) : [];
    return {
      path: place.path,
      base: place.mount,
      except: target === '/var/lib/prosody' ? ['data'] : [],
      notes: inBetween.map(
        (path) =>
          `${path} holds accounts from stable-11146 or -1 that the later release never read. They are left out; copy single ones to ${accountsHere} if they are missed.`,
      ),
    };
  }
  return undefined;
}

function hostsBeside(place: Place | undefined): string[] {
  if (!place || !('path' in place)) return [];
  const names = listHosts(place.path);
  return names === 'denied' ? [] : names.map((name) => join(place.path, name));
}

/** Directories of virtual hosts; prosody writes each character but letters and digits as `%` and two digits. */
function listHosts(path: string): string[] | 'denied' {
  const entries = list(path);
  if (entries === 'denied') return 'denied';
  return entries
    .filter((entry) => entry.isDirectory() && /%2e/i.test(entry.name))
    .map(({ name }) => name);
}

/** Accounts of people: those of jicofo, the bridge and others are in hosts whose names begin otherwise. */
export function countAccounts(path: string): Record<string, number> {
  const hosts = listHosts(path);
  const counts = (hosts === 'denied' ? [] : hosts).map((host): [string, number] => {
    const files = list(join(path, host, 'accounts'));
    const count = files === 'denied' ? 0 : files.filter(({ name }) => name.endsWith('.dat')).length;
    return [decodedHost(host), count];
  });
  return Object.fromEntries(
    counts.filter(([host, count]) => count > 0 && !/^(auth|hidden|recorder)\./.test(host)),
  );
}

/** As prosody encodes it; a directory that it never named stays what it is called. */
function decodedHost(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
