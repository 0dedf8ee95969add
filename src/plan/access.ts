import { domainIn } from '../access/domains.ts';
import { accessOf, type PlannedAccess } from '../access/sentences.ts';
import { findWay, type Guests, type SignIn, type Way, waysOf } from '../access/ways.ts';
import type { Answers } from '../answers/answers.ts';
import type { FieldOf, Known, Option } from '../answers/field.ts';
import type { Problem } from '../errors.ts';
import type { Contribution } from './blueprint.ts';

/** What a feature that decides who opens rooms says of itself. */
export interface SigningIn {
  readonly signIn: SignIn;
  /** Who opens rooms, as a sentence. */
  readonly opens: string;
  /** What is left of it once something else is chosen, as a sentence. */
  readonly leaves?: string;
  /** Who moderates where tokens say it, as a sentence; left out where nobody but the token knows. */
  readonly byToken?: string;
  /** What Jitsi’s images call it (`AUTH_TYPE`); left out where nobody signs in. */
  readonly type?: 'internal' | 'ldap' | 'jwt' | 'matrix';
}

interface OwnAnswers {
  readonly guests?: unknown;
  readonly moderators?: unknown;
}

const guestOptions: Readonly<Record<Guests, Omit<Option, 'value'>>> = {
  none: { label: 'Nobody', hint: 'strangers get no further than the sign-in page' },
  wait: {
    label: 'Guests, once a host is there',
    hint: 'a host is somebody who may open rooms; until one is there, guests wait',
  },
  knock: {
    label: 'Guests, after they knock',
    hint: 'a moderator lets each of them in',
  },
};

const moderatorOptions: Readonly<Record<string, Omit<Option, 'value'>>> = {
  'signed-in': {
    label: 'Everybody who has signed in',
    hint: 'strangers never do',
  },
  'power-level': {
    label: 'Moderators of the Matrix room',
    hint: 'whoever has power level 50 or more there',
  },
  first: {
    label: 'Whoever comes first; when they leave, the next one',
    hint: 'one person for each room',
  },
  everybody: {
    label: 'Everybody in the room',
    hint: 'each can mute and remove the others, and so can strangers',
  },
};

/** The question who joins besides those who open rooms. */
export function guestsField(signIn: SignIn): FieldOf<'choice'> {
  const offered = [...new Set(waysOf(signIn).map(({ guests }) => guests))];
  return {
    kind: 'choice',
    question: 'Who else may join?',
    description: 'who joins besides those who may open a room',
    options: offered.map((value) => ({ value, ...guestOptions[value] })),
    default: 'wait',
  };
}

/**
 * The question who moderates; only what goes with the guests is offered.
 *
 * @param byToken what it means to people that tokens say it
 */
export function moderatorsField(
  signIn: SignIn,
  byToken: Omit<Option, 'value'> = {
    label: 'Those whose token says so',
    hint: 'strangers never do',
  },
): FieldOf<'choice'> {
  const all = [...new Set(waysOf(signIn).map(({ moderators }) => moderators))];
  const hasGuests = waysOf(signIn).some(({ guests }) => guests !== 'none');
  const offered = ({ auth }: Known) => {
    const { guests = hasGuests ? 'wait' : 'none' } = Object(auth);
    return waysOf(signIn).flatMap((way) => (way.guests === guests ? [way.moderators] : []));
  };
  return {
    kind: 'choice',
    question: 'Who moderates?',
    description: 'who can mute and remove others, and let them in',
    options: all.map((value) => ({
      value,
      label: value,
      ...(value === 'token' ? byToken : moderatorOptions[value]),
    })),
    offered,
    default: (known) => offered(known)[0],
  };
}

/** Why these answers do not go together; empty for a combination that holds. */
export function accessProblems({ signIn }: SigningIn, own: OwnAnswers): readonly Problem[] {
  if (findWay(signIn, own)) return [];
  const { guests, moderators } = own;
  const good = waysOf(signIn).filter((way) => way.guests === guests);
  const others = waysOf(signIn).filter((way) => way.moderators === moderators);
  return [
    {
      answer: 'auth.moderators',
      what: `Guests (auth.guests: ${guests}) and these moderators (auth.moderators: ${moderators}) do not go together.`,
      why: 'A guest could come first and moderate, and people who have signed in would not.',
      fix: `Choose --auth-moderators ${good.map((way) => way.moderators).join(' or ')}, or --auth-guests ${others.map((way) => way.guests).join(' or ')}.`,
    },
  ];
}

/**
 * What prosody believes of a token, whoever signs it. Without the audience, tokens that the issuer made for any other program
 * would be good here; an empty one opens nothing.
 */
export function believedTokens(issuer: string, audience: string) {
  return {
    JWT_APP_ID: issuer,
    JWT_ACCEPTED_ISSUERS: issuer,
    JWT_ACCEPTED_AUDIENCES: audience,
    JWT_ALLOW_EMPTY: false,
  };
}

/** What a combination takes in prosody, jicofo and the page: they have to agree about it. */
export function accessContribution(
  feature: SigningIn,
  own: OwnAnswers,
  { settings }: Pick<Answers, 'settings'>,
): Pick<Contribution, 'access' | 'environment' | 'lists'> {
  const { signIn, type } = feature;
  const way = findWay(signIn, own);
  if (!way) return {};
  const domain = domainIn(settings, 'XMPP_DOMAIN');
  const access: PlannedAccess = accessOf(feature, { ...way, signIn });
  const lists = way.prosody && { lists: { prosody: way.prosody(domain) } };
  const off = { ENABLE_AUTH: false };
  if (type === undefined)
    return { access, environment: { web: off, prosody: off, jicofo: off }, ...lists };
  return { access, environment: switchedOn(way, type), ...lists };
}

function switchedOn({ guests, jicofo, lobby }: Way, type: string) {
  const doors = { ENABLE_AUTH: true, ENABLE_GUESTS: guests !== 'none' };
  return {
    web: doors,
    prosody: { ...doors, AUTH_TYPE: type, ...(lobby && { ENABLE_LOBBY: true }) },
    jicofo: { ENABLE_AUTH: true, AUTH_TYPE: type, ...jicofo },
  };
}
