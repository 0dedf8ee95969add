import { type Evidence, placeOf } from '../evidence.ts';
import type { Undecided } from '../findings.ts';
import type { Variables } from '../variables.ts';

/** Who is handed ENABLE_AUTH without a value that could be read, and where. */
interface UnseenAuth {
  readonly service: 'prosody' | 'jicofo';
  /** Where it is handed on; undefined where a file that is not there may have it. */
  readonly evidence?: Evidence;
  readonly file?: string;
}

/**
 * Whether it cannot be known if the installation has accounts. A value that is only handed on comes from elsewhere, and
 * one that is replaced where nothing is said elsewhere counts as long as nothing else comes from there.
 */
export function unseenAuth(variables: Variables, elsewhere: boolean): UnseenAuth | undefined {
  for (const service of ['prosody', 'jicofo'] as const) {
    const unseen = variables.unseen(service, 'ENABLE_AUTH');
    if (unseen && (elsewhere || !unseen.otherwise)) return { service, evidence: unseen.evidence };
    const [file] = variables.missingFiles(service);
    if (file !== undefined && !variables.at(service, 'ENABLE_AUTH')) return { service, file };
  }
  return undefined;
}

export function undecidedAuth({ service, evidence, file }: UnseenAuth): Undecided {
  const what = evidence
    ? `ENABLE_AUTH is handed on to ${service}, but no value is in these files (${placeOf(evidence)})`
    : `${service} gets variables from ${file}, which is not here`;
  return {
    answer: 'auth.mode',
    what: `${what}, so it is not known who may open a room. What cannot be seen is never taken for “open”.`,
    fix: 'Name the file that has the values with --env-file FILE, or choose with --auth who may open a room.',
  };
}
