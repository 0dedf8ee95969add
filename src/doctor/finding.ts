import type { Problem } from '../errors.ts';

/** What was looked at. */
export type CheckName =
  | 'dns'
  | 'addresses'
  | 'ports'
  | 'certificate'
  | 'page'
  | 'config'
  | 'signalling'
  | 'relay'
  | 'media'
  | 'access'
  | 'images';

/** What one check says about one thing. Texts are sentences; `why` and `fix` belong to what is wrong or was not checked. */
export interface Finding {
  readonly check: CheckName;
  /** What it is about: a name, a port, an address of the page. */
  readonly subject: string;
  /** `not checked`: nothing was seen that proves anything, and never the same as `ok`. */
  readonly outcome: 'ok' | 'wrong' | 'not checked';
  readonly seen: string;
  readonly why?: string;
  readonly fix?: string;
  /** The addresses of the server that showed it; left out where none was asked. */
  readonly at?: readonly string[];
}

/** The same thing seen at several addresses is one finding. The order stays. */
export function merged(findings: readonly Finding[]): readonly Finding[] {
  const groups = new Map<string, Finding>();
  for (const finding of findings) {
    const { at, ...said } = finding;
    const key = JSON.stringify(said);
    const before = groups.get(key);
    const addresses = [...(before?.at ?? []), ...(at ?? [])];
    groups.set(key, { ...said, ...(addresses.length > 0 && { at: addresses }) });
  }
  return [...groups.values()];
}

/** What is wrong in the files at hand, as a finding. */
export function findingOf(
  { where, what, why, fix }: Problem,
  check: CheckName,
  otherwise: string,
): Finding {
  const said = { seen: what, ...(why && { why }), ...(fix && { fix }) };
  return { check, subject: where ?? otherwise, outcome: 'wrong', ...said };
}
