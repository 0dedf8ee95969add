import type { ReleaseFacts, ServiceFacts } from './facts.ts';

/** A fact's value from a release on, until the next entry; `null` when it does not exist any more. */
export type Period = readonly [since: string, value: unknown];

/** Every fact of every release, by path. Most facts never change, so 25 releases take the space of two. */
export type Timeline = Readonly<Record<string, readonly Period[]>>;

/** Releases as a timeline. They must be in order; the result is sorted by path, so that a new release is a small diff. */
export function pack(releases: readonly ReleaseFacts[]): Timeline {
  const runs = new Map<string, Period[]>();
  const flattened = releases.map((release) => ({ tag: release.tag, facts: flatten(release) }));
  const paths = new Set(flattened.flatMap(({ facts }) => [...facts.keys()]));
  for (const path of [...paths].sort()) {
    const list: Period[] = [];
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
  const past = new Set(tags.slice(0, tags.indexOf(tag) + 1));
  const facts: Tree = { tag };
  for (const path in timeline) {
    const runs = timeline[path] ?? [];
    let last = runs.length - 1;
    while (last >= 0 && !past.has(runs[last]?.[0] ?? '')) last--;
    const value = runs[last]?.[1] ?? null;
    if (value !== null) put(facts, path, value);
  }
  return facts as unknown as ReleaseFacts;
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

type Tree = { [key: string]: unknown };

function put(tree: Tree, path: string, value: unknown): void {
  let node = tree;
  let start = 0;
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', start)) {
    const key = path.slice(start, end);
    node[key] ??= {};
    node = node[key] as Tree;
    start = end + 1;
  }
  node[path.slice(start)] = value;
}
