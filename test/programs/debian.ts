import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command } from './command.ts';

/** What the root holds besides a minimal Debian. */
const packages = [
  'apache2',
  'caddy',
  'coturn',
  'curl',
  'docker-compose',
  'go-mmproxy',
  'haproxy',
  'iproute2',
  'libnginx-mod-stream',
  'libsasl2-modules-ldap',
  'lua-cyrussasl',
  'lua5.4',
  'nftables',
  'nginx-light',
  'openssl',
  'prosody',
  'prosody-modules',
  'sasl2-bin',
  'shellcheck',
  'socat',
  'wrk',
];

const script = fileURLToPath(new URL('make-debian.sh', import.meta.url));

/** Where the root is kept between runs. */
export const cache =
  process.env.PROGRAMS_CACHE || join(homedir(), '.cache', 'create-jitsi-stack', 'programs');

export type Root = { readonly path: string } | { readonly missing: string };

let root: Promise<Root> | undefined;

/** A small Debian with current programs, for machines whose own are too old; made at the first call, by root only. */
export function debianRoot(): Promise<Root> {
  root ??= makeRoot();
  return root;
}

async function makeRoot(): Promise<Root> {
  const recipe = createHash('sha256').update(readFileSync(script)).update(packages.join(' '));
  const path = join(cache, `debian-${recipe.digest('hex').slice(0, 8)}`);
  if (existsSync(join(path, '.complete'))) return { path };
  if (process.getuid?.() !== 0) return { missing: 'only root can make a Debian root' };
  if (!(await command('sh', ['-c', 'command -v debootstrap'])).ok) {
    return { missing: 'debootstrap is not installed' };
  }
  mkdirSync(cache, { recursive: true });
  console.error('Making a Debian root with the programs that judge; this takes minutes, once.');
  // One at a time, however many suites ask.
  const made = await command('flock', [join(cache, 'lock'), 'bash', script, path, ...packages], {
    timeout: 900_000,
  });
  return made.ok ? { path } : { missing: `debootstrap failed:\n${made.output.slice(-2000)}` };
}
