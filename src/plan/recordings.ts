import type { Answers } from '../answers/answers.ts';
import { pickedAnswers } from '../answers/picked.ts';
import { furtherRecorders } from './machines.ts';

/** Recordings of meetings, as the scripts are told of them: a folder for each. */
export interface Recordings {
  /** Where they are in the stack, and in the container that made them. */
  readonly path: string;
  readonly inside: string;
  /** That container's service, and what it runs in it: to finish a folder, whose path follows, and to end what is recorded now. */
  readonly service: string;
  readonly finish: readonly string[];
  readonly end: readonly string[];
  /** After how many days they are deleted; 0 for never. */
  readonly days: number;
  /** How many meetings are recorded at once, at most. */
  readonly atOnce: number;
}

/** Where streams go: to YouTube by its stream key alone, or to a server that somebody named. */
export type Livestream =
  | { readonly to: 'youtube' }
  | { readonly to: 'server'; readonly url: string };

/** What the answers want of those who sit in meetings unseen, and record or stream them. Each does one at a time. */
export interface Recorders {
  /** How many record and stream at once on the central machine, at most. */
  readonly recordings: number;
  readonly streams: number;
  /** How many machines of their own record, and stream where that is chosen. */
  readonly elsewhere: number;
  /** Absent where nothing is streamed. */
  readonly livestream?: Livestream;
}

/**
 * Undefined where neither recording nor livestreaming is chosen, and no machine is there for it. Whoever is idle gets the next
 * recording, so beside recorders elsewhere one for streams alone, which has no place for a recording, would be given some.
 */
export function recordersOf(answers: Answers): Recorders | undefined {
  const recording = chosen(answers, 'recording');
  const streaming = chosen(answers, 'livestreaming');
  const elsewhere = furtherRecorders(answers).length;
  if (!recording && !streaming && elsewhere === 0) return undefined;
  return {
    recordings: Number(recording?.atOnce ?? 0),
    streams: !recording && elsewhere > 0 ? 0 : Number(streaming?.atOnce ?? 0),
    elsewhere,
    ...(streaming && { livestream: livestreamOf(streaming) }),
  };
}

/** Days after which a recording is deleted on the central machine; undefined where none is made there. */
export function daysOfRecordings(answers: Answers): number | undefined {
  const days = chosen(answers, 'recording')?.days;
  return days === undefined ? undefined : Number(days);
}

function chosen(answers: Answers, value: string): Readonly<Record<string, unknown>> | undefined {
  return pickedAnswers(answers, { section: 'extras', value });
}

function livestreamOf({ to, server }: Readonly<Record<string, unknown>>): Livestream {
  return to === 'server' ? { to, url: String(server ?? '') } : { to: 'youtube' };
}

/** What Jibri sends a stream to that is named by its key alone. */
const youtube = 'rtmp://a.rtmp.youtube.com/live2';

/** All addresses that a stream may be sent to, as a regular expression that Java and JavaScript read alike, and no string escapes. */
export function streamAddress(livestream: Livestream): string {
  const base = livestream.to === 'youtube' ? youtube : livestream.url.replace(/\/+$/, '');
  return `${base.replaceAll('.', '[.]')}/[A-Za-z0-9_-]+`;
}

/** What one recorder may write in an hour, in MB: the most that was seen, and half as much again. */
const hour = 1500;

/**
 * The same as scripts are told of it; `false` where there are none.
 *
 * @param without what takes their timer away, as a sentence goes on after “when”
 */
export function recordingsView(
  { recordings }: { readonly recordings?: Recordings },
  without = 'recording is not in extras',
) {
  if (!recordings) return { recordings: false as const };
  const { path, inside, service, finish, end, days, atOnce } = recordings;
  return {
    recordings: {
      ...{ path, inside, service, days, without },
      finish: finish.join(' '),
      end: end.join(' '),
      /** Free space in MB: below it somebody should know, and below that nothing more is recorded. */
      few: atOnce * hour * 8,
      none: atOnce * hour * 2,
    },
  };
}
