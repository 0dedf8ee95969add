import { blueprints } from '../../blueprints/index.ts';
import type { Answers } from '../../src/answers/answers.ts';
import { fillDefaults, type RawAnswers } from '../../src/answers/complete.ts';
import { selectBlueprints } from '../../src/plan/select.ts';
import { loadRelease } from '../../src/releases/index.ts';
import { sections } from './stack.ts';

/** Answers of some sections. */
interface Said {
  readonly answers: RawAnswers;
}

const release = await loadRelease('stable-11146-2');

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
  alerts: { by: 'none' },
  firewall: [],
};

/** What a feature says against these cases together, with plain answers to all else. */
export function refusal(...cases: readonly Said[]): string | undefined {
  const { answers } = fillDefaults(sections, { release: 'stable-11146-2', ...withCases(cases) });
  // Their shape is judged when they are rendered; a schema for each pair would take seconds.
  const complete = answers as unknown as Answers;
  return selectBlueprints(complete, blueprints).flatMap(
    ({ blueprint, own }) => blueprint.check?.({ answers: complete, own, release }) ?? [],
  )[0]?.what;
}

export function withCases(cases: readonly Said[]): RawAnswers {
  return Object.assign({}, plain, ...cases.map(({ answers }) => answers));
}
