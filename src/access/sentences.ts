import type { Guests, Moderators, SignIn } from './ways.ts';

/** What was chosen, for the plan, the README and the doctor. */
export interface PlannedAccess {
  readonly signIn: SignIn;
  readonly guests: Guests;
  readonly moderators: Moderators;
  /** Who opens rooms, who else joins, who moderates: a sentence each. */
  readonly sentences: readonly [opens: string, joins: string, moderates: string];
  /** What is left of it once something else is chosen, as a sentence. */
  readonly leaves?: string;
}

const joins: Readonly<Record<Guests, string>> = {
  none: 'Nobody else gets in: strangers get no further than the sign-in page.',
  wait: 'Guests join without signing in once a host is there; until then they wait.',
  knock: 'Guests knock, and join when a moderator lets them in.',
};

const moderates: Readonly<Record<Moderators, string>> = {
  'signed-in': 'Everybody who has signed in is a moderator.',
  first: 'The first person in a room is its moderator; when they leave, the next one is.',
  token: 'Those whose token says so are moderators.',
  'power-level': 'Moderators of the Matrix room (power level 50 or more) are moderators here.',
  everybody: 'Everybody in a room is a moderator: each can mute and remove the others.',
};

/** What was chosen, with its sentences; the feature that decides who opens rooms says its own. */
export function accessOf(
  {
    opens,
    leaves,
    byToken = moderates.token,
  }: {
    readonly opens: string;
    readonly leaves?: string | undefined;
    readonly byToken?: string | undefined;
  },
  { signIn, guests, moderators }: Pick<PlannedAccess, 'signIn' | 'guests' | 'moderators'>,
): PlannedAccess {
  const others =
    signIn === 'nothing' ? 'Anybody who knows a room’s name can join it.' : joins[guests];
  const last = moderators === 'token' ? byToken : moderates[moderators];
  const sentences = [opens, others, last] as const;
  return { signIn, guests, moderators, sentences, ...(leaves && { leaves }) };
}
