/** The answers on which it depends what a variable does. */
export interface ChosenAccess {
  readonly mode?: unknown;
  readonly moderators?: unknown;
}

interface Consequence {
  readonly variable: string;
  readonly when: (value: string, chosen: ChosenAccess) => boolean;
  /** A sentence. */
  readonly what: string;
}

/** As Jitsi's images read a switch: these words are off, everything else is on. */
const isOff = (value: string) => /^["']?(?:0|f|F|false|FALSE|False|)["']?$/.test(value.trim());
const audiences = (value: string) => value.split(',').map((one) => one.trim());

/** What exactly comes of a variable with a value, where one and the same variable does different things. Tried with prosody and jicofo. */
const consequences: readonly Consequence[] = [
  {
    variable: 'JICOFO_ENABLE_AUTH',
    when: (value) => isOff(value),
    what: 'Everybody who gets in opens rooms, guests too, and the first guest moderates.',
  },
  {
    variable: 'JICOFO_ENABLE_AUTH',
    when: (_, { moderators }) => moderators === 'token',
    what: 'Everybody with a token moderates, whatever the token says.',
  },
  {
    variable: 'JICOFO_ENABLE_AUTH',
    when: (_, { moderators }) => moderators === 'first',
    what: 'Everybody who has signed in moderates, not the first alone.',
  },
  {
    variable: 'ENABLE_AUTO_OWNER',
    when: (value, { moderators }) => !isOff(value) && moderators === 'token',
    what: 'Whoever comes first moderates, and once the moderators have left, somebody else does, a guest too.',
  },
  {
    variable: 'ENABLE_AUTO_OWNER',
    when: (value, { moderators }) => isOff(value) && moderators === 'first',
    what: 'Nobody moderates at all.',
  },
  {
    variable: 'LDAP_FILTER',
    when: (value) => !/%[uU]/.test(value),
    what: 'Every name works with one person’s password: the filter finds the same entry for all (%u is missing).',
  },
  {
    variable: 'JWT_ACCEPTED_AUDIENCES',
    when: (value) => audiences(value).some((one) => ['', '*', 'account'].includes(one)),
    what: 'Tokens that were made for other programs let people in here.',
  },
];

/** What comes of a variable with this value, in a sentence; undefined where nothing more is known than what it decides. */
export function consequenceOf(
  name: string,
  value: string,
  chosen: ChosenAccess,
): string | undefined {
  return consequences.find(({ variable, when }) => variable === name && when(value, chosen))?.what;
}
