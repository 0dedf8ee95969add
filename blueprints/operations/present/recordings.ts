import type { Decisions } from '../../../src/blueprint.ts';
import { words } from './services.ts';

/** What one recorder may write in an hour, in MB: the most that was seen, and half as much again. */
const hour = 1500;

/** Recordings of meetings, as the script is told of them; `false` where there are none. */
export function recordingsView({ recordings }: Pick<Decisions, 'recordings'>) {
  if (!recordings) return { recordings: false as const };
  const { path, inside, service, finish, end, days, atOnce } = recordings;
  return {
    recordings: {
      ...{ path, inside, service, days },
      finish: words(finish),
      end: words(end),
      /** Free space in MB: below it somebody should know, and below that nothing more is recorded. */
      few: atOnce * hour * 8,
      none: atOnce * hour * 2,
    },
  };
}
