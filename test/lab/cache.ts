import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** A folder that is kept between runs: downloaded packages, the base system, the engine's images. */
export function cacheDirectory(...parts: string[]): string {
  const root = process.env.LAB_CACHE || path.join(homedir(), '.cache', 'create-jitsi-stack-lab');
  const directory = path.resolve(root, ...parts);
  mkdirSync(directory, { recursive: true });
  return directory;
}

/** Where Debian packages come from; a mirror nearby can be named. */
export const debianMirror = process.env.LAB_DEBIAN_MIRROR || 'http://deb.debian.org/debian';

/** The Debian release that has Compose v2, Prosody 13 and HAProxy 3.0. */
export const debianSuite = 'trixie';
