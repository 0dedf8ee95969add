import type { ReleaseFacts, ServiceFacts } from './facts.ts';

/** A fact's value from a release on, until the next entry; `null` when it does not exist any more. */
export type Run = readonly [since: string, value: unknown];

/** Every fact of every release, by path. Most facts never change, so 25 releases take the space of two. */
export type Timeline = Readonly<Record<string, readonly Run[]>>;

/** Releases as a timeline. They must be in order; the result is sorted by path, so that a new release is a small diff. */
export function pack(releases: readonly ReleaseFacts[]): Timeline {
  const runs = new Map<string, Run[]>();
  const flattened = releases.map((release) => ({ tag: release.tag, facts: flatten(release) }));
  const paths = new Set(flattened.flatMap(({ facts }) => [...facts.keys()]));
  for (const path of [...paths].sort()) {
    const list: Run[] = [];
    for (const { tag, facts } of flattened) {
      const value = facts.get(path) ?? null;
      const before = list.at(-1)?.[1] ?? null;
      if (JSON.stringify(value) !== JSON.stringify(before)) list.push([tag, value]);
    }
    runs.set(path, list);
  }
  return Object.fromEntries(runs);
}

/** The facts of one of `tags`, which are the timeline's releases in order. */
export function unpack(timeline: Timeline, tags: readonly string[], tag: string): ReleaseFacts {
  const order = new Map(tags.map((name, index) => [name, index]));
  const wanted = order.get(tag) ?? -1;
  const facts: Record<string, unknown> = { tag };
  for (const [path, runs] of Object.entries(timeline)) {
    let value: unknown = null;
    for (const [since, next] of runs) {
      if ((order.get(since) ?? Number.POSITIVE_INFINITY) > wanted) break;
      value = next;
    }
    if (value !== null) put(facts, path.split('/'), value);
  }
  return facts as unknown as ReleaseFacts;
}

/** Since when a path holds nothing, when it held something before. */
export function removedSince(
  timeline: Timeline,
  tags: readonly string[],
  tag: string,
  path: string,
): string | undefined {
  const until = tags.indexOf(tag);
  const past = (timeline[path] ?? []).filter(([since]) => tags.indexOf(since) <= until);
  const last = past.at(-1);
  return last !== undefined && last[1] === null ? last[0] : undefined;
}

function flatten({ tag: _, services, ...rest }: ReleaseFacts): Map<string, unknown> {
  const facts = new Map<string, unknown>(Object.entries(rest));
  for (const [name, { variables, ...service }] of Object.entries<ServiceFacts>(services)) {
    for (const [key, value] of Object.entries(service)) facts.set(`services/${name}/${key}`, value);
    for (const [key, value] of Object.entries(variables ?? {}))
      facts.set(`services/${name}/variables/${key}`, value);
  }
  return facts;
}

function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    target[head] = value;
    return;
  }
  target[head] ??= {};
  put(target[head] as Record<string, unknown>, rest, value);
}
