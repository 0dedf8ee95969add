import type { Evidence, Stated } from './evidence.ts';

/** An answer that the old installation gives. */
export interface Inferred {
  /** Its place in `jitsi-stack.json`, such as `turn.mode`. */
  readonly answer: string;
  readonly value: unknown;
  /** What says so, in a few words. */
  readonly why: string;
  readonly evidence: readonly Evidence[];
}

/** Something of the old installation that the new stack has no place for. */
export interface Unplaced {
  readonly name: string;
  readonly evidence: Evidence;
  /** For people: secrets are not in it. */
  readonly value?: string;
  /** Why, and what could be done about it; whole sentences. */
  readonly what: string;
}

/** A question that the old installation does not answer safely, and no default may answer. */
export interface Undecided {
  readonly answer: string;
  readonly what: string;
}

/** Collects what is found out. */
export class Findings {
  readonly inferred: Inferred[] = [];
  readonly unplaced: Unplaced[] = [];
  readonly undecided: Undecided[] = [];
  /** Sentences for the owner that belong to no single setting. */
  readonly notes: string[] = [];
  /** Variables that have been dealt with. */
  readonly used = new Set<string>();

  answer(answer: string, value: unknown, why: string, ...evidence: readonly Evidence[]): void {
    this.inferred.push({ answer, value, why, evidence });
  }

  noPlace(name: string, { value, evidence }: Stated, what: string, shown?: string): void {
    this.used.add(name);
    this.unplaced.push({ name, evidence, ...(value !== '' && { value: shown ?? value }), what });
  }

  use(...names: readonly string[]): void {
    for (const name of names) this.used.add(name);
  }
}
