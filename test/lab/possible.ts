import { executable } from '../programs/executable.ts';
import { succeeds } from './process.ts';

/** What the lab would install on this machine. `npm run lab` may; a run of the tests changes nobody's machine. */
const wanted = ['apt-get', 'debootstrap', 'ip', 'iptables', 'chromium', 'certutil', 'age', 'rsync'];

/** Why the lab's suites cannot run here; undefined when they can. */
export async function missingParts(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'lab: a Docker engine of its own in network namespaces needs Linux and root';
  const missing = wanted.filter((name) => !executable(name));
  if (missing.length > 0)
    return `lab: ${missing.join(', ')} not installed; sudo npm run lab installs what it needs`;
  if (!(await succeeds('unshare', ['--net', 'true'])))
    return 'lab: network namespaces cannot be made here';
  return undefined;
}
