import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readText } from './text.ts';

/** Files that lie beside each other in docker-jitsi-meet's releases and nowhere else. */
const marks = ['env.example', 'gen-passwords.sh', 'docker-compose.yml'];

/** Why a directory is a checkout or release folder of docker-jitsi-meet, in a sentence; undefined when it is not. */
export function readCheckout(directory: string): string | undefined {
  const remote = remotes(directory).find((url) => /docker-jitsi-meet(?:\.git)?\/?$/.test(url));
  if (remote !== undefined) return `its git remote is ${remote.replace(/:\/\/[^/@]*@/, '://')}`;
  return marks.every((name) => existsSync(join(directory, name)))
    ? `${marks.slice(0, 2).join(' and ')} are beside its compose file`
    : undefined;
}

/** Addresses of git remotes, as `.git/config` has them. Git itself is not run: a foreign repository can configure it. */
function remotes(directory: string): string[] {
  try {
    const git = join(directory, '.git');
    const folder = statSync(git).isDirectory() ? git : linked(git);
    const text = readText(join(folder, 'config'), '.git/config') ?? '';
    return [...text.matchAll(/^\s*url\s*=\s*"?([^"\s]+)"?\s*$/gm)].map(([, url]) => url ?? '');
  } catch {
    return [];
  }
}

/** A linked worktree or a submodule has a file there that names the place. */
function linked(file: string): string {
  const target = /^gitdir: (.+)$/m.exec(readText(file, '.git') ?? '')?.[1] ?? '';
  const folder = resolve(dirname(file), target);
  const shared = join(folder, 'commondir');
  return resolve(folder, readText(shared, 'commondir')?.trim() ?? '.');
}
