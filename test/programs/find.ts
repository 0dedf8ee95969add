import { command } from './command.ts';
import { debianRoot } from './debian.ts';
import { executable, systemPath } from './executable.ts';

/** A judge: what prints its version, and since which one it understands what is written for it. */
export interface Judge {
  readonly version: readonly [program: string, ...args: string[]];
  readonly least: readonly number[];
}

/** Those that do not say which version they are. */
const packageVersion = (name: string) => ['dpkg-query', '--show', name] as const;

const judges = {
  apache2: { version: ['apache2', '-v'], least: [2, 4, 47] },
  caddy: { version: ['caddy', 'version'], least: [2, 6] },
  'docker-compose': { version: ['docker-compose', 'version', '--short'], least: [2, 20] },
  'go-mmproxy': { version: packageVersion('go-mmproxy'), least: [2, 1] },
  haproxy: { version: ['haproxy', '-v'], least: [3, 0] },
  'lua5.4': { version: ['lua5.4', '-v'], least: [5, 4] },
  nft: { version: ['nft', '--version'], least: [1, 0, 6] },
  nginx: { version: ['nginx', '-v'], least: [1, 25, 1] },
  prosody: { version: packageVersion('prosody'), least: [0, 12] },
  sh: { version: ['sh', '-c', 'echo 1.0'], least: [1] },
  shellcheck: { version: ['shellcheck', '--version'], least: [0, 9] },
  socat: { version: ['socat', '-V'], least: [1, 7] },
  turnserver: { version: ['turnserver', '--version'], least: [4, 6] },
  wrk: { version: packageVersion('wrk'), least: [4, 1] },
} as const satisfies Record<string, Judge>;

export type ProgramName = keyof typeof judges;
export type Found = { readonly root: string } | { readonly missing: string };

const answers = new Map<ProgramName, Promise<Found>>();

/** The file system in which a judge is found: this machine's, or the Debian root. */
export function find(name: ProgramName): Promise<Found> {
  const known = answers.get(name) ?? look(name);
  answers.set(name, known);
  return known;
}

async function look(name: ProgramName): Promise<Found> {
  if (process.platform !== 'linux') return { missing: 'needs Linux' };
  const here = await unfit(name, judges[name]);
  if (here === undefined) return { root: '/' };
  const root = await debianRoot();
  return 'path' in root ? { root: root.path } : { missing: `${here}, and ${root.missing}` };
}

/** Why one of this machine's own programs will not do; undefined when it will. */
export async function unfit(name: string, { version, least }: Judge): Promise<string | undefined> {
  if (!executable(name, systemPath)) return 'not installed';
  const [program, ...args] = version;
  const said = await command(program, args, { env: { ...process.env, PATH: systemPath } });
  return said.ok && isRecent(said.output, least)
    ? undefined
    : `not here in version ${least.join('.')} or newer`;
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
