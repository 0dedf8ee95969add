import type { Person } from '../lab/world/person.ts';
import type { Cluster } from './cluster.ts';
import type { Owner } from './owner.ts';

/** A cluster in which a stack runs, whoever owns it, and somebody in front of it. */
export interface World {
  readonly cluster: Cluster;
  readonly owner: Owner;
  /** At the first node, which reaches the services of the cluster as an ingress controller does. */
  readonly visitor: Person;
  /** Somebody on the internet, who reaches the nodes. */
  readonly stranger: Person;
  /** A clone of the chart, when there is one. */
  readonly chart: string | undefined;
  /** For whatever a check writes; thrown away at the end. */
  readonly scratch: string;
}

/** One thing that is proven about it. */
export interface ClusterCheck {
  readonly name: string;
  /** What this run lacks for it, as a sentence; then it does not run and does not count as passed. */
  readonly lacks?: (world: World) => string | undefined;
  /** Fails by throwing; otherwise says what was seen. */
  readonly run: (world: World) => Promise<string>;
}

/** Runs a command of the stack's README as it stands there. */
export async function type({ owner, cluster }: Pick<World, 'owner' | 'cluster'>, command: string) {
  return cluster.run(['sh', '-ec', command], { cwd: owner.stack.directory });
}
