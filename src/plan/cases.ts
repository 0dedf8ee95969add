import type { RawAnswers } from '../answers/complete.ts';

/**
 * Answers with which a feature is to be tried, `cases` in its `cases.ts`; each is tried with those of every other section.
 * What such answers leave out has its default. A feature without the file is tried by being chosen.
 */
export type Cases = readonly RawAnswers[];
