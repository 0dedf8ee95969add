import type { Answers } from '../answers/answers.ts';
import { type Problem, StackError } from '../errors.ts';
import { type List, listOf, partsOf } from '../releases/index.ts';

/** What one feature adds to variables that hold several things: parts by service and variable. */
export interface ListClaims {
  readonly blueprint: string;
  readonly lists?:
    | Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
    | undefined;
}

export interface JoinedList {
  readonly service: string;
  readonly name: string;
  readonly value: string;
  /** Whose parts these are, for the comment beside it. */
  readonly about: string;
}

/**
 * The lists that features add to (modules, lines of prosody's configuration), with what the owner's settings add: features'
 * parts first, nothing twice.
 *
 * @throws StackError for a part that the list cannot hold, and for two that set one option
 */
export function joinLists(
  { settings }: Pick<Answers, 'settings'>,
  claims: readonly ListClaims[],
): readonly JoinedList[] {
  const keys = claims.flatMap(({ lists = {} }) =>
    Object.entries(lists).flatMap(([service, own]) =>
      Object.keys(own).map((name) => `${service} ${name}`),
    ),
  );
  return [...new Set(keys)].map((key) => {
    const [service = '', name = ''] = key.split(' ');
    const list = listOf(name);
    if (!list) throw new StackError({ what: `${name} is no list that features add to.` });
    const own = partsOf(list, String(settings[name] ?? ''));
    const sources = [
      ...claims.map(({ blueprint, lists }) => ({
        who: blueprint,
        parts: lists?.[service]?.[name] ?? [],
      })),
      { who: undefined, parts: own },
    ].filter(({ parts }) => parts.length > 0);
    refuse(name, list, sources);
    const parts = [...new Set(sources.flatMap((source) => source.parts))];
    const about = sources.map(
      ({ who, parts: some }) => `${who ?? 'your settings'}: ${some.join(', ')}`,
    );
    return { service, name, value: parts.join(list.separator), about: `${about.join('. ')}.` };
  });
}

interface Source {
  /** A blueprint; undefined for the owner's settings. */
  readonly who: string | undefined;
  readonly parts: readonly string[];
}

function refuse(name: string, { separator, holds }: List, sources: readonly Source[]): void {
  const problems: Problem[] = [];
  const setBy = new Map<string, Source & { line: string }>();
  for (const source of sources) {
    for (const part of source.parts) {
      if (part.includes(separator) || part.includes('\n'))
        problems.push({
          what: `${name} cannot hold “${part}”: the image cuts it at every ${separator}.`,
        });
      const option = holds === 'modules' ? undefined : /^\s*(\w+)\s*=/.exec(part)?.[1];
      if (option === undefined) continue;
      const other = setBy.get(option);
      setBy.set(option, { ...source, line: part });
      if (other === undefined || other.line === part) continue;
      problems.push({
        answer: `settings.${name}`,
        what: `“${option}” is set in ${name} already (blueprint ${other.who}).`,
        fix:
          source.who === undefined ? `Take “${part}” out of it.` : 'One of them has to give it up.',
      });
    }
  }
  if (problems.length > 0) throw new StackError(problems);
}
