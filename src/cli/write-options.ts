import { handoverOf } from '../adopt/adoption.ts';
import type { Target } from '../decide.ts';
import type { WriteOptions } from '../generate.ts';
import type { Invocation } from './invocation.ts';

/** What the command line and the target say about writing. */
export function writeOptions(
  { dryRun, check, git, mine, new: fresh, markers }: Invocation,
  { adoption }: Pick<Target, 'adoption'>,
): WriteOptions {
  return {
    ...(adoption && { handover: handoverOf(adoption) }),
    ...((dryRun || check) && { dryRun: true }),
    ...(!git && { git }),
    ...(mine.length > 0 && { mine }),
    ...(fresh.length > 0 && { new: fresh }),
    ...(markers && { markers }),
  };
}
