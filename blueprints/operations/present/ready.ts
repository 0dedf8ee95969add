import {
  type Decisions,
  type Mount,
  machinesOf,
  type Service,
  sourceOf,
} from '../../../src/blueprint.ts';
import { words } from './services.ts';

/** The containers' user, as prepare.sh has it too. */
const user = 1000;

/** What `prepare` makes ready: directories, owners, and who may read the configuration. */
export function readyView(plan: Decisions) {
  const { directories, files, services } = plan;
  return {
    /** Some service reads `certs/`; otherwise `prepare` does not see it. */
    mountsCertificate: services.some(({ volumes }) =>
      volumes.some((mount) => sourceOf(mount) === 'certs'),
    ),
    directories: directories.map(({ path, mode }) => ({ path, mode })),
    /** What in `data/` is not the containers' user's. */
    apart: directories.filter(({ owner }) => owner !== user).map(({ path }) => path),
    /** Directories that an image's own root gives to users of its own at each start. */
    kept: directories.filter(({ owner }) => owner === 'image').map(({ path }) => path),
    owned: directories.flatMap(({ path, owner }) =>
      owner === user || owner === 'image' ? [] : [{ path, owner }],
    ),
    /** What no backup holds. */
    passing: words(directories.filter(({ passing }) => passing).map(({ path }) => path)),
    /** What upgrades and restores leave where it is. */
    stays: words(directories.filter(({ stays }) => stays).map(({ path }) => path)),
    readable: [...readers(plan)].sort().map(([path, group]) => ({ path, group })),
    /** What git has in `certs/`: it stays its owner's. */
    tracked: files.map(({ path }) => path).filter((path) => path.startsWith('certs/')),
  };
}

/** By directory, whom its configuration has to be readable for: a group, or everybody (`-`). */
function readers(plan: Decisions): ReadonlyMap<string, string> {
  const found = plan.services
    .filter(({ lifetime }) => lifetime === 'always')
    .flatMap((service) =>
      service.volumes
        .filter((mount) => sourceOf(mount) !== 'certs' && !/^(data)?(\/|$)/.test(sourceOf(mount)))
        .map((mount) => [sourceOf(mount), readerOf(plan, service, mount)] as const),
    );
  return new Map(found.flatMap(([path, group]) => (group === undefined ? [] : [[path, group]])));
}

/** Undefined for root with all its rights, who may read whatever there is. */
function readerOf(plan: Decisions, service: Service, { target }: Mount): string | undefined {
  const group = service.user?.split(':')[1];
  if (group !== undefined) return group;
  if (!isJitsi(plan, service)) return '0';
  if (plan.release.rootless) return '1000';
  return target === '/hooks' ? undefined : '-';
}

function isJitsi({ release }: Decisions, { image, build }: Service): boolean {
  return (build?.args?.BASE ?? image).startsWith(`${release.registry}/`);
}

/** Where only the owner writes. */
export function placesView({ ownersPlaces }: Decisions) {
  return { owners: words(ownersPlaces.map(({ path }) => path)) };
}

/** The names that git has in the stack's directory, and the owner's own Compose file. Of `certs/` git has only a README. */
export function rememberedView({ answers, files }: Decisions) {
  const known = [
    ...(machinesOf(answers).length > 0 ? ['machines'] : []),
    ...files.map(({ path }) => path.split('/')[0] ?? ''),
    ...['jitsi-stack.json', 'jitsi-stack.lock', 'compose.override.yaml', 'compose.override.yml'],
  ];
  return { remembered: words([...new Set(known)].filter((name) => name !== 'certs').sort()) };
}
