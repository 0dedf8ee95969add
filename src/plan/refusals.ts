import { isDeepStrictEqual } from 'node:util';
import { type Problem, StackError } from '../errors.ts';

/** Goes on planning after a refusal, so that its reader learns at once of everything that is wrong. */
export class Refusals {
  readonly #problems: Problem[] = [];

  /** Whatever is tried twice is refused twice, and said once. */
  add(problems: readonly Problem[]): void {
    for (const problem of problems) {
      if (!this.#problems.some((known) => isDeepStrictEqual(known, problem)))
        this.#problems.push(problem);
    }
  }

  /**
   * What the work comes to, or `instead` where it is refused. After an earlier refusal, only what names an answer counts:
   * the rest may follow from answers that do not go together.
   */
  attempt<T>(work: () => T, instead: T): T {
    try {
      return work();
    } catch (error) {
      const isFirst = this.#problems.length === 0;
      if (!(error instanceof StackError)) {
        if (isFirst) throw error;
      } else this.add(error.problems.filter(({ answer }) => isFirst || answer !== undefined));
      return instead;
    }
  }

  /** @throws StackError with all that was refused */
  raise(): void {
    if (this.#problems.length > 0) throw new StackError(this.#problems);
  }
}
