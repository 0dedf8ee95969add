import type { Release } from '../releases/index.ts';
import type { Directory, Healthcheck, Image, Mount, Service } from './plan.ts';

/** What a container of Jitsi's own has from its release. */
export type JitsiContainer = Pick<
  Service,
  | 'entrypoint'
  | 'hardened'
  | 'readOnly'
  | 'tmpfs'
  | 'capabilities'
  | 'healthcheck'
  | 'stopGrace'
  | 'comments'
> & {
  readonly image: Image;
  /** The owner's hooks, and where they are rendered when the release does that on the host. */
  readonly volumes: readonly Mount[];
  readonly directories: readonly Directory[];
};

const start: Omit<Healthcheck, 'test'> = {
  interval: '15s',
  timeout: '10s',
  retries: 4,
  startPeriod: '90s',
};

/** Where the older images find the hooks before each start. */
const hooks = '/hooks';
/**
 * Begins each start with the hooks alone, as the newer images do by themselves; accounts are in a mount of their own. The copy
 * belongs to whom the image gave the directory at its first start: hooks that only their owner may read stay closed to others.
 */
const all = 'find /config -mindepth 1 -maxdepth 1 ! -name data -exec';
const fresh = `${all} rm -rf {} +; cp -r ${hooks}/. /config/ && ${all} chown -R --reference=/config {} + && exec /init`;

/** A container of one of Jitsi's images as this release needs it. */
export function jitsiContainer(release: Release, service: string): JitsiContainer {
  const facts = release.services[service];
  if (!facts) throw new Error(`Release ${release.tag} has no service “${service}”.`);
  const { rootless, uid } = release.capabilities;
  return {
    image: { name: facts.image, user: rootless ? 's6' : 'root' },
    readOnly: facts.readOnly,
    // s6-overlay needs three seconds of Docker's ten for itself, which is little for Java.
    stopGrace: '30s',
    ...(facts.health && { healthcheck: { ...start, test: ['CMD', facts.health.script] } }),
    ...(rootless ? rootlessContainer(facts.tmpfs, uid, service) : rootContainer(service)),
  };
}

/**
 * A read-only root, two tmpfs and no capability. `/run` belongs to the container's user from the start: s6-overlay would
 * otherwise chown it through a setuid program, which `no-new-privileges` and the dropped capabilities forbid.
 */
function rootlessContainer(tmpfs: readonly string[], uid: number | undefined, service: string) {
  return {
    hardened: true,
    tmpfs: tmpfs.map((entry) =>
      entry.startsWith('/run:')
        ? roomy(service, entry).replace(/mode=\d+/, `mode=0755,uid=${uid},gid=${uid}`)
        : entry,
    ),
    capabilities: [],
    volumes: [{ source: `./jitsi/${service}`, target: '/config', readOnly: true }],
    directories: [],
    comments: {},
  };
}

/**
 * What is written in Java unpacks native libraries into `/run`. The 16 MB of the first rootless releases were too little on
 * some hosts (`no dcsctp4j in java.library.path`, then nobody is heard: jitsi/docker-jitsi-meet#2323), so Jitsi doubled
 * them (#2325). It is the host's setting, so older images profit, too.
 */
function roomy(service: string, run: string): string {
  if (!java.includes(service)) return run;
  return run.replace(/size=(\d+)M/, (_, size) => `size=${Math.max(32, Number(size))}M`);
}

const java = ['jicofo', 'jvb', 'jigasi', 'transcriber'];

/**
 * An init that is root, gives `/config` to users of its own and steps down to them: it needs the capabilities that Docker
 * gives by default. What it renders would lie among the owner's hooks, and take them away from him, so it gets a copy.
 */
function rootContainer(service: string) {
  const rendered = `data/rendered/${service}`;
  return {
    entrypoint: ['/bin/sh', '-c', fresh],
    hardened: false,
    tmpfs: [],
    capabilities: [],
    volumes: [
      { source: `./jitsi/${service}`, target: hooks, readOnly: true },
      { source: `./${rendered}`, target: '/config', readOnly: false },
    ],
    directories: [
      {
        path: rendered,
        mode: '0755',
        owner: 'image' as const,
        about: `configuration that ${service} renders at each start`,
      },
    ],
    comments: {
      entrypoint:
        'This release renders its configuration beside the hooks and takes over the directory, so it gets a copy.',
    },
  };
}
