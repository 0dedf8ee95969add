import {
  type Change,
  concerns,
  type KnownChanges,
  type Move,
  type Own,
} from '../releases/index.ts';
import { hostPath } from './host-path.ts';
import { clusterSteps, commandsIn } from './in-cluster.ts';
import type { Plan } from './plan.ts';
import { profileOf } from './stack-profile.ts';

/** What another release of Jitsi changes for one stack, to be read before anything is written. */
export interface Upgrade {
  readonly from: string;
  readonly to: string;
  /** Changes after this release are unknown: `to` is newer than the catalogue. */
  readonly knownUntil?: string;
  /** Releases on the way that nobody has described: of them only what their files show is known. */
  readonly undescribed: readonly string[];
  readonly items: readonly UpgradeItem[];
  readonly images: readonly {
    readonly service: string;
    readonly from: string;
    readonly to: string;
  }[];
  readonly downtime: string;
  /** What to run on the server once the update is there, in order. */
  readonly commands: readonly string[];
}

export interface UpgradeItem {
  /** The release that brings it. */
  readonly since: string;
  readonly topic: Change['topic'];
  readonly what: string;
  /** `stack`: its files and scripts see to it; `owner`: `todo` and `commands` say what is left to do by hand. */
  readonly by: 'stack' | 'owner';
  readonly todo?: string;
  readonly commands: readonly string[];
}

/**
 * Compares two plans of one stack, and leaves out what does not concern it.
 *
 * @param own what the stack's owner has made besides; when left out it is not known, and may be anything
 */
export function planUpgrade(
  before: Plan,
  after: Plan,
  { changes, knownUntil, undescribed }: KnownChanges,
  own?: ReadonlySet<Own>,
): Upgrade {
  const profile = profileOf(after);
  const items = changes
    .filter((change) => concerns(change, profile))
    .map((change) => itemFor(applied(change, own), before, after));
  const images = after.services.flatMap(({ name, image }) => {
    const old = before.services.find((service) => service.name === name)?.image;
    return old === undefined || old === image ? [] : [{ service: name, from: old, to: image }];
  });
  const byHand = items.flatMap(({ commands }) => commands);
  const cluster = clusterSteps(after);
  return {
    from: before.release.tag,
    to: after.release.tag,
    ...(knownUntil !== undefined && { knownUntil }),
    undescribed,
    items,
    images,
    downtime: downtimeOf(
      images.map(({ service }) => service),
      cluster !== undefined,
    ),
    commands: cluster
      ? ['git pull', ...commandsIn(cluster)]
      : [
          'git pull',
          // What changes its place must not be in use meanwhile.
          ...(byHand.length > 0 ? ['./stack backup', './stack down', ...byHand] : []),
          './stack upgrade',
        ],
  };
}

/** A change as it is for a stack: what is to do about things that its owner has not is nothing to do. */
function applied(
  { own: about, todo, ...change }: Change,
  own: ReadonlySet<Own> | undefined,
): Change {
  const isIdle = own !== undefined && about !== undefined && !about.some((one) => own.has(one));
  return isIdle || todo === undefined ? change : { ...change, todo };
}

function itemFor(change: Change, before: Plan, after: Plan): UpgradeItem {
  const { since, topic, what, todo, move, owner } = change;
  const item = { since, topic, what, commands: [] };
  if (move) return { ...item, ...moved(move, before, after, todo) };
  if (owner !== undefined) {
    return {
      ...item,
      by: 'stack',
      todo: `Nothing: the service prepare gives everything below data/ to user ${owner} while the stack is down.`,
    };
  }
  return { ...item, by: todo === undefined ? 'stack' : 'owner', ...(todo && { todo }) };
}

/** What a move between directories of containers means on this server. */
function moved({ service, from, to, byImage }: Move, before: Plan, after: Plan, todo?: string) {
  const [old, now] = [hostPath(before, service, from), hostPath(after, service, to)];
  if (old === undefined) {
    return { by: 'stack' as const, todo: 'Nothing: this stack keeps no files there.' };
  }
  if (old === now) {
    return { by: 'stack' as const, todo: `Nothing: on this server both are ${old}.` };
  }
  if (byImage && hostPath(after, service, from) === old) {
    return { by: 'stack' as const, todo: 'Nothing: the new image copies it at its first start.' };
  }
  return {
    by: 'owner' as const,
    todo: todo ?? `Move ${old} while the stack is down.`,
    commands: now === undefined ? [] : moveCommands(old, now),
  };
}

/** A directory cannot be moved into itself, so it steps aside first. */
function moveCommands(old: string, now: string): string[] {
  const parent = now.slice(0, now.lastIndexOf('/'));
  return now.startsWith(`${old}/`)
    ? [`mv ${old} ${old}.moving`, `mkdir -p ${parent}`, `mv ${old}.moving ${now}`]
    : [`mkdir -p ${parent}`, `mv ${old} ${now}`];
}

function downtimeOf(services: readonly string[], inCluster: boolean): string {
  if (services.length === 0) return 'No container is replaced.';
  if (inCluster)
    return `Replaced: ${services.join(', ')}. Bridges go one by one, each when its people have left; prosody and jicofo are away for some seconds, and all meetings connect anew.`;
  return `Replaced: ${services.join(', ')}. ./stack upgrade fetches the images first, then stops everything: meetings end, and new ones can begin after a minute or two. What does not come up healthy is taken back, files and data.`;
}
