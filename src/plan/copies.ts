import type { Fields } from '../answers/field.ts';
import type { Problem } from '../errors.ts';

/** Copies of the backups, made once a day; `scripts/send.sh` of the same feature knows the way. */
export interface Copies {
  /** The program that is needed on the server for it, which has a package of the same name. */
  readonly program: string;
  /** What people call the place: `backup@nas.example.org:meet`. */
  readonly place: string;
  /** Time of day on the server: `03:30`. */
  readonly at: string;
  /** How many of them stay, here and there. */
  readonly keep: number;
  /** A public key of age or OpenPGP: nobody without the private one can read what leaves. */
  readonly key?: string;
  /** The secret that the program wants in its environment. */
  readonly secret?: string;
}

/** What everybody is asked whose backups leave the server, whichever program takes them. */
export const copiesFields = {
  at: {
    kind: 'text',
    question: 'At what time should this server make them?',
    description: 'time of day on the server for the copies, such as 03:30',
    default: '03:30',
  },
  keep: {
    kind: 'integer',
    question: 'How many should be kept?',
    description: 'how many copies stay, here and there',
    default: 14,
    min: 1,
    max: 1000,
  },
} as const satisfies Fields;

/** What is wrong with these answers, in sentences. */
export function copiesProblems({ at }: Pick<Copies, 'at'>): readonly Problem[] {
  if (/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(at)) return [];
  return [
    {
      answer: 'backup.at',
      what: `“${at}” is no time of day.`,
      fix: 'Enter hours and minutes, such as 03:30.',
    },
  ];
}
