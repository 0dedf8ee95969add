import { type Evidence, placeOf, type Stated, shown } from './evidence.ts';
import type { ForeignService } from './read/service.ts';

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
  /** Place in the answers; where it is none of them, what has to be given instead is in `fix`. */
  readonly answer?: string;
  readonly evidence?: Evidence;
  readonly what: string;
  readonly fix?: string;
}

/** Collects what is found out. */
export class Findings {
  readonly inferred: Inferred[] = [];
  readonly unplaced: Unplaced[] = [];
  readonly undecided: Undecided[] = [];
  /** Sentences for the owner that belong to no single setting. */
  readonly notes: string[] = [];
  /** Variables that have been dealt with, and the answers that decide what they did. */
  readonly used = new Map<string, string | undefined>();

  answer(answer: string, value: unknown, why: string, ...evidence: readonly Evidence[]): void {
    this.inferred.push({ answer, value, why, evidence });
  }

  noPlace(name: string, { value, evidence }: Stated, what: string, text?: string): void {
    this.used.set(name, undefined);
    this.unplaced.push({
      name,
      evidence,
      ...(value !== '' && { value: text ?? shown(name, value) }),
      what,
    });
  }

  /** The same for a whole service. */
  noPlaceForService({ name, evidence, image }: ForeignService, what: string): void {
    this.unplaced.push({
      name: `service ${name}`,
      evidence,
      ...(image && { value: image.value }),
      what,
    });
  }

  use(answers: string, ...names: readonly string[]): void {
    for (const name of names) this.used.set(name, answers);
  }

  /** Variables that say something, but spoke for no answer. */
  unspoken(all: ReadonlyMap<string, Stated>): Unplaced[] {
    const evidence = this.inferred.flatMap((one) => one.evidence);
    // One service may have spoken for all: where they differ, that is said elsewhere.
    const spoke = new Set(evidence.flatMap((one) => [placeOf(one), one.key ?? '']));
    return [...this.used].flatMap(([name, answers]) => {
      const stated = all.get(name);
      if (answers === undefined || stated === undefined || means(name, stated)) return [];
      if (spoke.has(name) || spoke.has(placeOf(stated.evidence))) return [];
      return [
        {
          name,
          evidence: stated.evidence,
          value: shown(name, stated.value),
          what: `The answers under “${answers}” decide this, and nothing was read from it.`,
        },
      ];
    });
  }
}

/** Whether a value says what a stack does anyway. */
function means(name: string, { value }: Stated): boolean {
  return /^(0|false|f)$/i.test(value) || value === usual[name];
}

const usual: Readonly<Record<string, string>> = {
  HTTP_PORT: '80',
  HTTPS_PORT: '443',
  JVB_PORT: '10000',
  TURN_TRANSPORT: 'udp,tcp',
};
