import type { Answers } from '../answers/answers.ts';
import { pickedAnswers } from '../answers/picked.ts';

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
  /** How many record and stream at once, at most; 0 where the extra is not chosen. */
  readonly recordings: number;
  readonly streams: number;
  /** Absent where nothing is streamed. */
  readonly livestream?: Livestream;
}

/** Undefined where neither recording nor livestreaming is chosen. */
export function recordersOf(answers: Answers): Recorders | undefined {
  const recording = chosen(answers, 'recording');
  const streaming = chosen(answers, 'livestreaming');
  if (!recording && !streaming) return undefined;
  return {
    recordings: Number(recording?.atOnce ?? 0),
    streams: Number(streaming?.atOnce ?? 0),
    ...(streaming && { livestream: livestreamOf(streaming) }),
  };
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
