import type { Contribution } from './blueprint.ts';

/** What one feature of a stack says for all of it. */
const kinds = [
  'access',
  'meetings',
  'remembersBrowsers',
  'copies',
  'recordings',
  'logs',
] as const satisfies readonly (keyof Contribution)[];

/** The first of each kind that somebody has declared; what nobody has is left out. */
export function declaredOnce(
  parts: readonly Contribution[],
): Pick<Contribution, (typeof kinds)[number]> {
  return Object.assign(
    {},
    ...kinds.map((kind) => {
      const found = parts.find((part) => part[kind])?.[kind];
      return found && { [kind]: found };
    }),
  );
}
