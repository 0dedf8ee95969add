import type { VariableFacts } from '../facts.ts';
import { adviceOnName } from '../names.ts';
import type { Release } from '../release.ts';
import { readersOf } from '../settings.ts';
import type { Change } from './change.ts';

/** What two neighbouring releases have different facts about. */
export function derivedChanges(before: Release, after: Release): Change[] {
  return [
    ...platformChanges(before, after),
    ...imageChanges(before, after),
    ...variableChanges(before, after),
  ];
}

function platformChanges(before: Release, after: Release): Change[] {
  const [old, now] = [before.capabilities, after.capabilities];
  const own = Object.values(after.services).flatMap(({ name, own: ours }) => (ours ? [name] : []));
  const changes: Omit<Change, 'since' | 'names'>[] = [];
  if (before.registry !== after.registry)
    changes.push({
      topic: 'images',
      services: own,
      what: `Jitsi's images come from ${after.registry} instead of ${before.registry}.`,
      todo: 'Mirrors, allow lists and own Dockerfiles must follow.',
      own: ['images', 'override'],
    });
  if (old.webPorts.http !== now.webPorts.http || old.webPorts.https !== now.webPorts.https)
    changes.push({
      topic: 'network',
      services: ['web'],
      what: `The web container listens on ${now.webPorts.http} and ${now.webPorts.https} instead of ${old.webPorts.http} and ${old.webPorts.https}.`,
      todo: 'Own overrides, proxies on the Docker network and health checks must use the new ports.',
      own: ['override', 'proxy', 'sites'],
    });
  if (old.uid !== now.uid && now.uid !== undefined)
    changes.push({
      topic: 'data',
      services: own,
      what: `Containers run as user ${now.uid} on a read-only root, and no longer change the owner of their directories.`,
      owner: now.uid,
      todo: `With the stack down, give the directories to that user: chown -R ${now.uid}:${now.uid}.`,
    });
  if (old.prosodyData.path !== now.prosodyData.path) {
    // The image of every rootless release imports /config/data, and only that.
    const byImage = old.prosodyData.path.startsWith('/config/');
    changes.push({
      topic: 'data',
      services: ['prosody'],
      what: `Prosody keeps its accounts in ${now.prosodyData.path} instead of ${old.prosodyData.path}.`,
      ...(!byImage && { todo: 'Move them while the stack is down: prosody does not.' }),
      move: {
        service: 'prosody',
        from: old.prosodyData.path,
        to: now.prosodyData.path,
        byImage,
      },
    });
  }
  return changes.map((change) => ({ since: after.tag, names: [], ...change }));
}

function imageChanges(before: Release, after: Release): Change[] {
  return Object.values(after.services).flatMap((service) => {
    const image = before.services[service.name]?.image;
    if (service.own || image === undefined || image === service.image) return [];
    return [
      {
        since: after.tag,
        topic: 'images' as const,
        services: [service.name],
        names: [],
        what: `${service.name} runs ${service.image} instead of ${image}.`,
      },
    ];
  });
}

function variableChanges(before: Release, after: Release): Change[] {
  const [old, now] = [variablesOf(before), variablesOf(after)];
  const since = after.tag;
  const changes: Change[] = [];
  for (const name of old.keys()) {
    if (now.has(name)) continue;
    changes.push({
      since,
      topic: 'settings',
      services: readersOf(before, name),
      names: [name],
      what: `${name} is gone.`,
      todo: adviceOnName(name) ?? 'Remove it: it would be ignored.',
    });
  }
  for (const [name, facts] of now) {
    const services = readersOf(after, name);
    const earlier = old.get(name);
    if (earlier === undefined) {
      changes.push({ since, topic: 'settings', services, names: [name], what: `${name} is new.` });
    } else if (
      earlier.default !== undefined &&
      facts.default !== undefined &&
      earlier.default !== facts.default
    ) {
      changes.push({
        since,
        topic: 'behaviour',
        services,
        names: [name],
        unset: true,
        what: `${name} is ${facts.default} when it is not set; it was ${earlier.default}.`,
      });
    }
  }
  return changes;
}

/** Every variable once; where services have different defaults, that of the first one with a default. */
function variablesOf(release: Release): Map<string, VariableFacts> {
  const all = new Map<string, VariableFacts>();
  for (const service of Object.values(release.services))
    for (const [name, facts] of service.variables)
      if (all.get(name)?.default === undefined) all.set(name, facts);
  return all;
}
