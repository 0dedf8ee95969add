import type { Take } from './take.ts';

/** What a stack has from the installation that it replaces. */
export interface Handover {
  /** The old installation as its owner named it, for the commit's message. */
  readonly from: string;
  /** Values by name; they go into `.env` and nowhere else. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly takes: readonly Take[];
  /** Whose installation it is. */
  readonly owner: { readonly uid: number; readonly gid: number };
}

/** The stack's own secrets, and those of the old installation that nothing in it reads yet. */
export function withHandover<S extends { readonly name: string }>(
  own: readonly S[],
  handover: Handover | undefined,
): (S | { name: string; about: string })[] {
  const others = [...(handover?.secrets.keys() ?? [])]
    .filter((name) => !own.some((secret) => secret.name === name))
    .map((name) => ({ name, about: 'nothing in this stack reads it yet' }));
  return [...own, ...others];
}
