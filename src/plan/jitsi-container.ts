import type { Release } from '../releases/index.ts';
import type { Healthcheck, Mount, Service } from './plan.ts';

/** What a container of Jitsi's own has from its release. */
export type JitsiContainer = Pick<
  Service,
  'image' | 'readOnly' | 'tmpfs' | 'capabilities' | 'healthcheck' | 'stopGrace'
> & {
  /** Where the owner's hooks are mounted, read-only where the release renders them elsewhere. */
  readonly config: Mount;
};

const start: Omit<Healthcheck, 'test'> = {
  interval: '15s',
  timeout: '10s',
  retries: 4,
  startPeriod: '90s',
};

/**
 * A container of one of Jitsi's images as this release needs it: a read-only root and two tmpfs where the image is
 * rootless. `/run` belongs to the container's user from the start: s6-overlay would otherwise chown it through a setuid
 * program, which `no-new-privileges` and the dropped capabilities forbid.
 */
export function jitsiContainer(release: Release, service: string): JitsiContainer {
  const facts = release.services[service];
  if (!facts) throw new Error(`Release ${release.tag} has no service “${service}”.`);
  const { rootless, uid } = release.capabilities;
  return {
    image: facts.image,
    readOnly: facts.readOnly,
    tmpfs: facts.tmpfs.map((entry) =>
      entry.startsWith('/run:')
        ? entry.replace(/mode=\d+/, `mode=0755,uid=${uid},gid=${uid}`)
        : entry,
    ),
    // The older images start as root and step down to a user for each daemon.
    capabilities: rootless
      ? []
      : ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'NET_BIND_SERVICE', 'SETGID', 'SETUID'],
    // s6-overlay needs three seconds of Docker's ten for itself, which is little for Java.
    stopGrace: '30s',
    ...(facts.health && { healthcheck: { ...start, test: ['CMD', facts.health.script] } }),
    config: { source: `./jitsi/${service}`, target: '/config', readOnly: rootless },
  };
}
