/** How those who may open rooms show who they are. */
export type SignIn = 'nothing' | 'password' | 'token' | 'matrix';
/** Who joins besides those who open rooms. */
export type Guests = 'none' | 'wait' | 'knock';
export type Moderators = 'signed-in' | 'first' | 'token' | 'power-level' | 'everybody';

/** One combination that holds, and what it takes besides switching authentication on or off. */
export interface Way {
  readonly signIn: readonly SignIn[];
  readonly guests: Guests;
  readonly moderators: Moderators;
  /** Variables of jicofo. */
  readonly jicofo?: Readonly<Record<string, boolean>>;
  /** Modules and lines for prosody, by variable; they may name the domain of those who sign in. */
  readonly prosody?: (domain: string) => Readonly<Record<string, readonly string[]>>;
  /** There is nobody to let people in without a lobby. */
  readonly lobby?: true;
}

/**
 * The lobby is shut from the start. Whoever has signed in walks past it (`lobby_admits_members`, of this project): else those
 * who could open would wait in front of it themselves.
 */
const knock = (domain: string) => ({
  XMPP_MODULES: ['persistent_lobby'],
  XMPP_MUC_MODULES: ['lobby_autostart', 'lobby_admits_members'],
  XMPP_MUC_CONFIGURATION: [`lobby_admits_members_of="${domain}"`],
});

/** Both are needed: with jicofo's authentication on every token moderates, and else the first who comes does. */
const byToken = { JICOFO_ENABLE_AUTH: false, ENABLE_AUTO_OWNER: false };

/** Guests wait in the lobby for the first token; theirs count for nothing (`guests_without_tokens`, of this project). */
const awaitToken = (domain: string) => ({
  GLOBAL_MODULES: ['guests_without_tokens'],
  XMPP_MODULES: ['persistent_lobby'],
  XMPP_MUC_MODULES: ['muc_wait_for_host', 'lobby_admits_members', 'token_affiliation'],
  XMPP_MUC_CONFIGURATION: [
    'wait_for_host_disable_auto_owners=true',
    `lobby_admits_members_of="${domain}"`,
  ],
});

/**
 * Every combination that holds, tried with jicofo and Jitsi's own plugins in prosody. With authentication on, jicofo makes
 * everybody a moderator who has signed in, so other moderators need it off there: then prosody alone keeps strangers out, and
 * guests have to be held back by a module. A combination that is not here lets in, or makes a moderator, whom it should not,
 * or leaves nobody to moderate.
 */
export const ways: readonly Way[] = [
  { signIn: ['nothing'], guests: 'none', moderators: 'first' },
  {
    signIn: ['nothing'],
    guests: 'none',
    moderators: 'everybody',
    prosody: () => ({ XMPP_MUC_MODULES: ['muc_allowners'] }),
  },
  { signIn: ['password', 'token'], guests: 'none', moderators: 'signed-in' },
  { signIn: ['password', 'token'], guests: 'wait', moderators: 'signed-in' },
  {
    signIn: ['password', 'token'],
    guests: 'knock',
    moderators: 'signed-in',
    prosody: knock,
    lobby: true,
  },
  {
    signIn: ['password', 'token'],
    guests: 'none',
    moderators: 'first',
    jicofo: { JICOFO_ENABLE_AUTH: false },
  },
  {
    signIn: ['token'],
    guests: 'none',
    moderators: 'token',
    jicofo: byToken,
    prosody: () => ({ XMPP_MUC_MODULES: ['token_affiliation'] }),
  },
  {
    signIn: ['token'],
    guests: 'wait',
    moderators: 'token',
    jicofo: byToken,
    prosody: awaitToken,
    lobby: true,
  },
  {
    signIn: ['token'],
    guests: 'knock',
    moderators: 'token',
    jicofo: byToken,
    prosody: (domain) => ({
      ...knock(domain),
      GLOBAL_MODULES: ['guests_without_tokens'],
      XMPP_MUC_MODULES: ['lobby_autostart', 'lobby_admits_members', 'token_affiliation'],
    }),
    lobby: true,
  },
  // Power levels count with jicofo's authentication on too, and nobody gets in who is not in the room at Matrix.
  { signIn: ['matrix'], guests: 'none', moderators: 'power-level' },
  { signIn: ['matrix'], guests: 'none', moderators: 'signed-in' },
];

/** The combinations of one way to sign in; those that people are offered first stand first. */
export function waysOf(signIn: SignIn): readonly Way[] {
  return ways.filter((way) => way.signIn.includes(signIn));
}

/** The combination of these answers; undefined for one that does not hold. */
export function findWay(
  signIn: SignIn,
  answers: { readonly guests?: unknown; readonly moderators?: unknown },
): Way | undefined {
  const { guests = 'none', moderators } = answers;
  return waysOf(signIn).find((way) => way.guests === guests && way.moderators === moderators);
}
