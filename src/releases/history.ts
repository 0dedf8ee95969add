import type { History, Release } from './release.ts';
import type { Timeline } from './timeline.ts';

export function historyOf(timeline: Timeline, tags: readonly string[], tag: string): History {
  const order = new Map(tags.map((name, index) => [name, index]));
  const here = order.get(tag) ?? tags.length;
  const past = new Map<string, number>();
  const future = new Map<string, number>();
  const present = new Set<string>();
  for (const [path, runs] of Object.entries(timeline)) {
    const name = /^services\/[^/]+\/variables\/(.+)$/.exec(path)?.[1];
    if (name === undefined) continue;
    for (const [index, [since, value]] of runs.entries()) {
      const from = order.get(since) ?? 0;
      const until = order.get(runs[index + 1]?.[0] ?? '') ?? Number.POSITIVE_INFINITY;
      if (value === null) continue;
      if (from > here) future.set(name, Math.min(from, future.get(name) ?? from));
      else if (until <= here) past.set(name, Math.max(until, past.get(name) ?? until));
      else present.add(name);
    }
  }
  const absent = (found: ReadonlyMap<string, number>) =>
    new Map(
      [...found]
        .filter(([name]) => !present.has(name))
        .map(([name, index]) => [name, tags[index] ?? '']),
    );
  return { removed: absent(past), later: absent(future) };
}

/** The past of a release that came after a known one; what will follow it nobody can say. */
export function historyAfter(before: Release, after: Release): History {
  const present = new Set(namesOf(after));
  const removed = new Map([
    ...before.history.removed,
    ...namesOf(before).map((name) => [name, after.tag] as const),
  ]);
  return {
    removed: new Map([...removed].filter(([name]) => !present.has(name))),
    later: new Map(),
  };
}

function namesOf({ services }: Release): string[] {
  return Object.values(services).flatMap(({ variables }) => [...variables.keys()]);
}
