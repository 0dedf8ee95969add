import { command } from './command.ts';
import { debianRoot } from './debian.ts';

/** The programs that judge, and since which version they understand what is written for them. */
const wanted = {
  apache2: { version: ['apache2', '-v'], least: [2, 4, 47] },
  caddy: { version: ['caddy', 'version'], least: [2, 6] },
  'docker-compose': { version: ['docker-compose', 'version', '--short'], least: [2, 20] },
  'go-mmproxy': { version: ['dpkg', '-s', 'go-mmproxy'], least: [2, 1] },
  haproxy: { version: ['haproxy', '-v'], least: [3, 0] },
  'lua5.4': { version: ['lua5.4', '-v'], least: [5, 4] },
  nft: { version: ['nft', '--version'], least: [1, 0, 6] },
  nginx: { version: ['nginx', '-v'], least: [1, 25, 1] },
  prosody: { version: ['dpkg', '-s', 'prosody'], least: [0, 12] },
  sh: { version: ['sh', '-c', 'echo 1.0'], least: [1] },
  shellcheck: { version: ['shellcheck', '--version'], least: [0, 9] },
  socat: { version: ['socat', '-V'], least: [1, 7] },
  turnserver: { version: ['turnserver', '--version'], least: [4, 6] },
  wrk: { version: ['wrk', '-v'], least: [4, 1] },
} as const;

export type ProgramName = keyof typeof wanted;
export type Found = { readonly root: string } | { readonly missing: string };

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const answers = new Map<ProgramName, Promise<Found>>();

/** The file system in which a program is found: this machine's, or the Debian root. */
export function find(name: ProgramName): Promise<Found> {
  const known = answers.get(name) ?? look(name);
  answers.set(name, known);
  return known;
}

async function look(name: ProgramName): Promise<Found> {
  if (process.platform !== 'linux') return { missing: 'needs Linux' };
  const { version, least } = wanted[name];
  const [file = '', ...args] = version;
  const own = await command(file, args, { env: { ...process.env, PATH: path } });
  if (isRecent(own.output, least)) return { root: '/' };
  const root = await debianRoot();
  return 'path' in root
    ? { root: root.path }
    : { missing: `not here in version ${least.join('.')} or newer, and ${root.missing}` };
}

/** Whether a program's own words name a version that is new enough. */
export function isRecent(output: string, least: readonly number[]): boolean {
  const version = /\d+(?:\.\d+)+/.exec(output)?.[0].split('.').map(Number);
  if (!version) return false;
  for (const [i, part] of least.entries()) {
    if ((version[i] ?? 0) !== part) return (version[i] ?? 0) > part;
  }
  return true;
}
