/** What an owner should know of the plan before it is written, and in the README. */
export interface Note {
  readonly level: 'info' | 'warning';
  readonly text: string;
}

/** What may go wrong, as somebody sees it, and what to do. */
export interface Trouble {
  readonly symptom: string;
  readonly cause: string;
  readonly fix: string;
}
