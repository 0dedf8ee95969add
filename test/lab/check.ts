import type { Edge } from './edges.ts';
import type { Lab } from './session.ts';
import type { Topology } from './world/world.ts';

/** One thing that is proven about a running stack. */
export interface Check {
  /** What the table calls it, and what a filter on the command line is compared with. */
  readonly name: string;
  /** Services whose logs tell why it failed; `edge` stands for those of the edge. */
  readonly services: readonly string[];
  /** Worlds in which it makes sense; all when left out. */
  readonly topologies?: readonly Topology[];
  /** Edges of which it speaks; all when left out. */
  readonly edges?: readonly Edge[];
  /**
   * Why only the official images can prove it. With stand-ins it does not run and does not count as passed.
   */
  readonly needsOfficial?: string;
  /** What this machine lacks for it, as a sentence; then it does not run and does not count as passed. */
  readonly lacks?: () => string | undefined;
  /** Takes longer than every run has time for: it runs when it is asked for by its name, and with `--all`. */
  readonly long?: true;
  /** Images that a stack has in this check alone; they are built before anything starts. */
  readonly images?: readonly string[];
  /** Fails by throwing; otherwise says what was seen. */
  readonly run: (lab: Lab) => Promise<string>;
}

/** What came of a check. */
export interface Result {
  readonly edge: Edge;
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'not run';
  readonly seconds: number;
  /** What was seen, or why it failed. */
  readonly detail: string;
}

/** A name as it is typed: npm's scripts hand on `two words` as two, whatever quotes stood around them. */
export function typed(name: string): string {
  return name.replace(/[^\p{L}\d]+/gu, '-').replace(/^-|-$/g, '');
}

/** Fails with a sentence unless the fact is one. */
export function ensure(fact: unknown, sentence: string): asserts fact {
  if (!fact) throw new Error(sentence);
}

/** Fails unless both are the same, and says what they are. */
export function same(seen: unknown, wanted: unknown, what: string): void {
  const [one, other] = [JSON.stringify(seen), JSON.stringify(wanted)];
  if (one !== other) throw new Error(`${what}: ${one}, but it should be ${other}`);
}
