import { type Dirent, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shellWord } from '../shell-word.ts';
import type { Installation } from './installation.ts';
import type { Pair } from './read/certificate.ts';
import type { Place } from './read/places.ts';
import type { Role } from './read/roles.ts';

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

export interface Takeover {
  readonly takes: readonly Take[];
  readonly left: readonly LeftBehind[];
  /** Accounts of people, by the name that prosody keeps them under. */
  readonly accounts: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}

const accountsHere = 'data/prosody/data';
/** Files that the images write into `conf.d` themselves. */
const rendered = ['jitsi-meet.cfg.lua', 'visitors.cfg.lua', 'brewery.cfg.lua'];

const hooks: readonly (readonly [Role, target: string, to: string, except?: readonly string[]])[] =
  [
    ['web', '/config/custom-config.js', 'jitsi/web/custom-config.js'],
    ['web', '/config/custom-interface_config.js', 'jitsi/web/custom-interface_config.js'],
    ['web', '/config/nginx-custom', 'jitsi/web/nginx-custom', ['realip.conf']],
    ['web', '/config/nginx/custom-meet.conf', 'jitsi/web/nginx/custom-meet.conf'],
    ['prosody', '/config/conf.d', 'jitsi/prosody/conf.d', rendered],
    ['prosody', '/prosody-plugins-custom', 'jitsi/prosody-plugins'],
    ['jicofo', '/config/custom-jicofo.conf', 'jitsi/jicofo/custom-jicofo.conf'],
    ['jvb', '/config/custom-jvb.conf', 'jitsi/jvb/custom-jvb.conf'],
    [
      'jvb',
      '/config/custom-sip-communicator.properties',
      'jitsi/jvb/custom-sip-communicator.properties',
    ],
  ];

/** Places in containers where the owner's own configuration is looked for. */
export const hookTargets: readonly string[] = hooks.map(([, target]) => target);

/** Finds what of an installation's files belongs into the stack. Nothing is read but names, and hooks for being empty. */
export function findTakes(installation: Installation, pair: Pair | 'denied' | undefined): Takeover {
  const takes: Take[] = [];
  const left: LeftBehind[] = [];
  const notes: string[] = [];
  let accounts: Record<string, number> = {};

  const found = findAccounts(installation);
  if (found && 'left' in found) left.push(found.left);
  else if (found) {
    const { path, except } = found;
    takes.push({
      kind: 'data',
      what: 'accounts and rooms of prosody',
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
    if (content === 'some')
      takes.push({ kind: 'hook', what, from: place.path, base: place.mount, to, except });
    else if (content === 'denied') left.push(unreadable({ what, from: place.path, to }));
  }
  if (pair === 'denied') {
    notes.push(
      'The old certificate may not be read by you. The stack starts with a self-signed one; ./stack certs install puts the old one in.',
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

interface Accounts {
  readonly path: string;
  readonly base: string;
  readonly except: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Where prosody keeps accounts, newest layout first: `/var/lib/prosody/data` from stable-11146-2 on, `/var/lib/prosody`
 * itself in stable-11146 and -1, `/config/data` before.
 */
function findAccounts({ places }: Installation): Accounts | { left: LeftBehind } | undefined {
  const targets = ['/var/lib/prosody/data', '/var/lib/prosody', '/config/data'];
  const candidates = targets.map((target) => ({ target, place: places.of('prosody', target) }));
  for (const { target, place } of candidates) {
    if (!place) continue;
    if ('volume' in place) return { left: inVolume(place, target) };
    const names = listHosts(place.path);
    if (names === 'denied') {
      return {
        left: unreadable({
          what: 'accounts and rooms of prosody',
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
function countAccounts(path: string): Record<string, number> {
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

/** What only somebody with more rights can bring over. */
export function unreadable(
  take: Pick<Take, 'what' | 'from' | 'to' | 'except'>,
  path = take.from,
): LeftBehind {
  const why = `${path} may not be read by you.`;
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

function inVolume({ volume }: { volume: string }, target: string): LeftBehind {
  const inside = target.replace(/^\/(config|var\/lib\/prosody)/, '/from');
  return {
    what: 'accounts and rooms of prosody',
    why: `They are in Docker’s volume ${volume}, which only Docker reads; docker volume ls shows its full name.`,
    command: `mkdir -p ${accountsHere}\ndocker run --rm -v ${shellWord(volume)}:/from:ro -v "$PWD/${accountsHere}":/to --entrypoint cp nginx:1.28.0 -au ${inside}/. /to/`,
  };
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

function isDenied(error: unknown): boolean {
  return ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function list(path: string): Dirent[] | 'denied' {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    return isDenied(error) ? 'denied' : [];
  }
}
