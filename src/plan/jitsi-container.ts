import type { ReleaseFacts } from '../releases/facts.ts';
import type { Service } from './plan.ts';

/**
 * What all containers of Jitsi's own images need in this release: a read-only root and their two tmpfs where the image
 * is rootless. `/run` belongs to the container's user from the start: s6-overlay would otherwise chown it through a
 * setuid program, which `no-new-privileges` and the dropped capabilities forbid.
 */
export function jitsiContainer(
  release: Pick<ReleaseFacts, 'uid' | 'services'>,
  service: string,
): Pick<Service, 'readOnly' | 'tmpfs' | 'capabilities'> {
  const facts = release.services[service];
  if (release.uid === 0) {
    // These images start as root and step down to a user for each daemon.
    return {
      readOnly: false,
      tmpfs: [],
      capabilities: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'SETGID', 'SETUID'],
    };
  }
  const tmpfs = (facts?.tmpfs ?? []).map((entry) =>
    entry.startsWith('/run:')
      ? entry.replace(/mode=\d+/, `mode=0755,uid=${release.uid},gid=${release.uid}`)
      : entry,
  );
  return { readOnly: facts?.readOnly === true, tmpfs, capabilities: [] };
}
