import { existsSync } from 'node:fs';
import { succeeds } from './process.ts';

/** Why the lab cannot run here; undefined when it can. */
export async function missingParts(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'a Docker engine of its own in network namespaces needs Linux and root';
  if (!existsSync('/usr/bin/apt-get'))
    return 'images are made of Debian packages, and there is no apt';
  if (!(await succeeds('unshare', ['--net', 'true'])))
    return 'network namespaces cannot be made here';
  return undefined;
}
