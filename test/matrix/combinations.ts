import { blueprints } from '../../blueprints/index.ts';
import type { Answers } from '../../src/answers/answers.ts';
import { fillDefaults, type RawAnswers } from '../../src/answers/complete.ts';
import { selectBlueprints } from '../../src/plan/select.ts';
import { cover } from './cover.ts';
import { type Case, dimensions } from './dimensions.ts';
import { sections } from './stack.ts';

/** Answers with a name that says which combination they are. */
export interface Combination {
  readonly name: string;
  readonly raw: RawAnswers;
  readonly cases: readonly Case[];
}

/** What goes with everything. */
const plain: RawAnswers = {
  domain: 'meet.example.org',
  network: { exposure: 'public', publicAddresses: ['198.51.100.7'], lanAddresses: [] },
  edge: { proxy: 'nginx' },
  certificates: { source: 'own' },
  turn: { mode: 'none' },
  auth: { mode: 'open', strangers: true, moderators: 'first' },
  rebuild: { by: 'none' },
  backup: { to: 'none' },
  firewall: [],
};

/** Every three cases of different questions that go together, each in one combination at least. */
export const combinations: readonly Combination[] = cover(
  dimensions.map(({ length }) => length),
  clashes(),
).map((row) => {
  const cases = row.flatMap((value, dimension) => dimensions[dimension]?.[value] ?? []);
  return { name: cases.map(({ name }) => name).join(', '), raw: withCases(cases), cases };
});

/** Which two cases do not go together; each is asked once. */
function clashes(): Parameters<typeof cover>[1] {
  const known = new Map<string, boolean>();
  return ([a, i], [b, j]) => {
    const key = `${a}.${i} ${b}.${j}`;
    const [one, other] = [dimensions[a]?.[i], dimensions[b]?.[j]];
    if (!one || !other) throw new Error(`There is no case ${key}.`);
    const found = known.get(key) ?? (sayBoth(one, other) || refusal(one, other) !== undefined);
    known.set(key, found);
    return found;
  };
}

function sayBoth(one: Case, other: Case): boolean {
  return Object.keys(one.answers).some((section) => section in other.answers);
}

/** What a feature says against these cases together, with plain answers to all else. */
export function refusal(...cases: readonly Case[]): string | undefined {
  const { answers } = fillDefaults(sections, { release: 'stable-11146-2', ...withCases(cases) });
  // Their shape is judged when they are rendered; a schema for each pair would take seconds.
  const complete = answers as unknown as Answers;
  return selectBlueprints(complete, blueprints).flatMap(
    ({ blueprint, own }) => blueprint.check?.({ answers: complete, own }) ?? [],
  )[0]?.what;
}

export function withCases(cases: readonly Case[]): RawAnswers {
  return Object.assign({}, plain, ...cases.map(({ answers }) => answers));
}
