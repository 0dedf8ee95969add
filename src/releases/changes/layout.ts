import type { Release, ReleaseService } from '../release.ts';
import type { Change } from './change.ts';

/** Parts of a service in the compose files of docker-jitsi-meet that a container must be given. */
const parts: readonly (readonly [
  title: string,
  of: (service: ReleaseService) => readonly string[],
])[] = [
  ['mounts', ({ mounts }) => mounts.map(({ target }) => target)],
  ['ports', ({ ports }) => ports],
  ['tmpfs', ({ tmpfs }) => tmpfs],
  ['capabilities', ({ addedCapabilities }) => addedCapabilities],
  ['needed variables', ({ required }) => required],
];

/** How the containers of a release are set up differently from those of the release before it. */
export function layoutChanges(before: Release, after: Release): Change[] {
  const change = (service: string, what: string): Change => ({
    since: after.tag,
    topic: 'behaviour',
    services: [service],
    names: [],
    what,
    todo: 'Look into the release notes: this tool knows nothing about it yet.',
  });
  return Object.values(after.services).flatMap((now) => {
    const old = before.services[now.name];
    if (old === undefined)
      return [{ ...change(now.name, `${now.name} is a new service.`), services: [] }];
    const found = parts.flatMap(([title, of]) => {
      const [was, is] = [of(old), of(now)];
      const differences = [
        ...is.filter((one) => !was.includes(one)).map((one) => `+ ${one}`),
        ...was.filter((one) => !is.includes(one)).map((one) => `- ${one}`),
      ];
      return differences.length === 0 ? [] : [`${title} ${differences.join(', ')}`];
    });
    if (old.readOnly !== now.readOnly)
      found.push(now.readOnly ? 'a read-only root' : 'a writable root');
    return found.length === 0
      ? []
      : [change(now.name, `${now.name} is set up differently: ${found.join('; ')}.`)];
  });
}
