import type { Taken } from '../../answers/taken.ts';

/** That answers come from this computer, and what to do when Jitsi runs on another one; in one paragraph. */
export function takenFromHereText(taken: readonly Taken[]): string {
  const flags = taken.map(({ flag, value }) => `${flag} ${valueText(value)}`).join(', ');
  return `Taken from this computer: ${flags}. If Jitsi will run on another one, add --no-host-here and give these answers for that one; if it will run here, say so with --host-here.`;
}

function valueText(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  return value.length > 0 ? value.join(',') : 'none';
}
