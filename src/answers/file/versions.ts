import type { RawAnswers } from '../complete.ts';
import { answersVersion } from '../version.ts';

/** An answer that has another place, another value, or no place any more. Places are written `turn.mode`. */
export interface Renaming {
  readonly from: string;
  /** @default the same place */
  readonly to?: string;
  /** New words for old ones, texts or switches; others stay. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** Why it is gone; with it, the answer is dropped. */
  readonly gone?: string;
}

/** An answer that older ones meant without saying it. */
export interface Meaning {
  /** The values that these answers had, by place. */
  readonly when: Readonly<Record<string, readonly unknown[]>>;
  /** What they meant, by place. */
  readonly meant: Readonly<Record<string, unknown>>;
}

/** What was renamed on the way to each version from the one before it. */
export type Renamings = Readonly<Record<number, readonly (Renaming | Meaning)[]>>;

/** One row for each version after the first. */
const renamings: Renamings = {
  2: [
    { from: 'auth.guests', values: { true: 'wait', false: 'none' } },
    {
      when: { 'auth.mode': ['open'], 'network.exposure': ['public', 'nat'] },
      meant: { 'auth.strangers': true },
    },
  ],
};

export interface Modernised {
  readonly answers: RawAnswers;
  /** A sentence for each answer that is read differently now. */
  readonly notes: readonly string[];
}

/**
 * Brings older answers up to the version that this tool writes. Answers without a version are current ones; what there is
 * no way from stays as it is, for the check to refuse.
 */
export function modernise(
  answers: RawAnswers,
  target: number = answersVersion,
  table: Renamings = renamings,
): Modernised {
  const { version } = answers;
  if (typeof version !== 'number' || !isReadable(version, target, table))
    return { answers, notes: [] };
  const changed = structuredClone(answers) as Record<string, unknown>;
  const notes: string[] = [];
  for (let next = version + 1; next <= target; next++) {
    for (const row of table[next] ?? []) {
      const note = 'from' in row ? apply(row, changed) : spellOut(row, changed);
      if (note !== undefined) notes.push(note);
    }
  }
  changed.version = target;
  return { answers: changed, notes };
}

/** Whether answers are older, and every step up from there is known. */
function isReadable(version: number, target: number, table: Renamings): boolean {
  if (!Number.isInteger(version) || version >= target) return false;
  for (let next = version + 1; next <= target; next++) if (!(next in table)) return false;
  return true;
}

function apply({ from, to = from, values, gone }: Renaming, answers: Record<string, unknown>) {
  const old = take(answers, from.split('.'));
  if (old === undefined) return undefined;
  if (gone !== undefined) return `${from} is gone: ${gone}`;
  const word = typeof old === 'boolean' ? String(old) : old;
  const mapped = typeof word === 'string' && values && Object.hasOwn(values, word);
  const value = mapped ? values[word] : old;
  put(answers, to.split('.'), value);
  if (to === from && value === old) return undefined;
  return mapped
    ? `${from}: ${JSON.stringify(old)} is now ${to}: ${JSON.stringify(value)}.`
    : `${from} is now called ${to}.`;
}

function spellOut({ when, meant }: Meaning, answers: Record<string, unknown>): undefined {
  const holds = Object.entries(when).every(([place, values]) =>
    values.includes(find(answers, place.split('.'))),
  );
  if (!holds) return;
  for (const [place, value] of Object.entries(meant)) put(answers, place.split('.'), value);
}

type Tree = Record<string, unknown>;

function find(tree: unknown, [first = '', ...rest]: readonly string[]): unknown {
  const value = isTree(tree) && Object.hasOwn(tree, first) ? tree[first] : undefined;
  return rest.length === 0 ? value : find(value, rest);
}

/** Takes an answer out of its place. */
function take(tree: Tree, [first = '', ...rest]: readonly string[]): unknown {
  if (!Object.hasOwn(tree, first)) return undefined;
  const value = tree[first];
  if (rest.length > 0) return isTree(value) ? take(value, rest) : undefined;
  delete tree[first];
  return value;
}

/** Puts an answer into a place that is free; what is there already is newer. */
function put(tree: Tree, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    tree[first] ??= value;
    return;
  }
  const below = isTree(tree[first]) ? (tree[first] as Tree) : {};
  tree[first] = below;
  put(below, rest, value);
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
