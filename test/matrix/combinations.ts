import { isDeepStrictEqual } from 'node:util';
import type { RawAnswers } from '../../src/answers/complete.ts';
import { cover } from './cover.ts';
import { type Case, close, dimensions } from './dimensions.ts';
import { refusal, withCases } from './plain.ts';

/** Answers with a name that says which combination they are. */
export interface Combination {
  readonly name: string;
  readonly raw: RawAnswers;
  readonly cases: readonly Case[];
}

/** Every two cases of different questions that go together, and every three of the close ones, in one combination at least. */
export const combinations: readonly Combination[] = cover(
  dimensions.map(({ length }) => length),
  close,
  clashes(),
).map((row) => {
  const cases = row.flatMap((value, dimension) => dimensions[dimension]?.[value] ?? []);
  return { name: cases.map(({ name }) => name).join(', '), raw: withCases(cases), cases };
});

/** Which two cases do not go together; each is asked once. */
function clashes(): Parameters<typeof cover>[2] {
  const known = new Map<string, boolean>();
  return ([a, i], [b, j]) => {
    const key = `${a}.${i} ${b}.${j}`;
    const [one, other] = [dimensions[a]?.[i], dimensions[b]?.[j]];
    if (!one || !other) throw new Error(`There is no case ${key}.`);
    const found = known.get(key) ?? (contradict(one, other) || refusal(one, other) !== undefined);
    known.set(key, found);
    return found;
  };
}

/** Whether both answer one question, and not alike: a case may need that of another section. */
function contradict(one: Case, other: Case): boolean {
  return Object.entries(one.answers).some(
    ([section, said]) =>
      section in other.answers &&
      !isDeepStrictEqual(said, (other.answers as Readonly<Record<string, unknown>>)[section]),
  );
}
