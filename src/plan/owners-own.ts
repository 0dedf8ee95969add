import type { Own } from '../releases/index.ts';
import type { Plan } from './plan.ts';

/** What the owner of a stack has made besides, as far as its files show it. */
export interface OwnersFiles {
  /** Files that nobody generated, and generated ones that were edited. */
  readonly paths: readonly string[];
  /** Those of them that call prosodyctl. */
  readonly scripts: readonly string[];
}

const signs: readonly (readonly [Own, RegExp])[] = [
  // What else runs beside the stack, and where its images come from, is said there.
  ['override', /^(?:docker-)?compose(?:\.override)?\.ya?ml$/],
  ['images', /(?:^|\/)(?:Docker|Container)file[^/]*$|^images\//],
  ['prosody', /^jitsi\/prosody(?:-plugins)?\//],
  ['sites', /^(?:nginx|haproxy)\//],
];

/** What of an owner's own a change between releases may make wrong. */
export function ownersOwn({ answers }: Plan, { paths, scripts }: OwnersFiles): ReadonlySet<Own> {
  const found = signs
    .filter(([, sign]) => paths.some((path) => sign.test(path)))
    .map(([own]) => own);
  const isBehind = answers.edge.proxy === 'external';
  return new Set([
    ...found,
    ...(isBehind ? (['proxy'] as const) : []),
    ...(scripts.length > 0 ? (['scripts'] as const) : []),
  ]);
}
