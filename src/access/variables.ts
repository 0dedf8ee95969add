/** What a variable decides, and the answer that is there for it. */
export interface Decider {
  /** All that belong together; one that ends in `_*` stands for every name that begins so. */
  readonly names: readonly string[];
  /** Ends the sentence “NAME decides …”. */
  readonly decides: string;
  /** What it does to a stack whose answers say something else. Tried with real servers, but for what is marked. */
  readonly why: string;
  /** Place in the answers. */
  readonly answer: 'auth.mode' | 'auth.guests' | 'auth.moderators';
}

const opens = 'who may open a room';
const joins = 'who may join';
const moderates = 'who moderates';

/**
 * Every variable of Jitsi's images, of all known releases, that decides who gets in, who opens a room or who moderates.
 * Prosody, jicofo and the page must agree about it, so the answers under `auth` set all of them together and no setting
 * sets one of them alone.
 */
export const deciders: readonly Decider[] = [
  {
    names: ['ENABLE_AUTH', 'AUTH_TYPE', 'PROSODY_AUTH_TYPE', 'JICOFO_AUTH_TYPE'],
    decides: opens,
    why: 'Prosody, jicofo and the page have to agree about it: on at jicofo alone, everybody is let in and moderates.',
    answer: 'auth.mode',
  },
  {
    names: ['JICOFO_ENABLE_AUTH'],
    decides: opens,
    why: 'Off, everybody who gets in opens rooms, guests too, and the first guest moderates, whatever accounts there are.',
    answer: 'auth.mode',
  },
  {
    names: ['ENABLE_GUESTS'],
    decides: joins,
    why: 'Prosody and the page have to agree about it.',
    answer: 'auth.guests',
  },
  {
    names: ['PROSODY_GUEST_AUTH_TYPE'],
    decides: joins,
    why: 'With anything but its default a guest can pass for somebody with a token, and becomes the host.',
    answer: 'auth.guests',
  },
  {
    names: ['ENABLE_AUTO_OWNER', 'WAIT_FOR_HOST_DISABLE_AUTO_OWNERS'],
    decides: moderates,
    why: 'Off on an open server, nobody moderates at all; with accounts it changes nothing.',
    answer: 'auth.moderators',
  },
  {
    names: ['PROSODY_ADMINS'],
    decides: moderates,
    // Read in Prosody's mod_muc: `component_admins_as_room_owners`.
    why: 'Prosody makes its administrators owners of every room.',
    answer: 'auth.moderators',
  },
  {
    names: ['JWT_ALLOW_EMPTY'],
    decides: opens,
    why: 'On, everybody gets in without a token, and moderates.',
    answer: 'auth.mode',
  },
  {
    names: ['JWT_*'],
    decides: 'whose tokens are good',
    why: 'A mistake in one of them takes tokens that were made for something else, or none at all.',
    answer: 'auth.mode',
  },
  {
    names: ['TOKEN_AUTH_URL', 'ENABLE_AUTH_DOMAIN'],
    decides: 'where people sign in',
    why: 'The page would send them where this server’s accounts are not known.',
    answer: 'auth.mode',
  },
  {
    names: ['LDAP_*'],
    decides: 'whose passwords are good',
    why: 'They belong together: with one of them wrong any certificate is believed, or every name works with one password.',
    answer: 'auth.mode',
  },
  {
    names: ['MATRIX_*'],
    decides: opens,
    why: 'They belong together: another service would say who people are and who moderates.',
    answer: 'auth.mode',
  },
  {
    names: ['ENABLE_JAAS_COMPONENTS', 'JAAS_*'],
    decides: joins,
    // Read in the template of prosody: a virtual host of its own, with the keys of another company.
    why: 'It opens a second way in, for callers whom the servers of 8x8 let through.',
    answer: 'auth.guests',
  },
  {
    names: ['PROSODY_ENABLE_S2S', 'PROSODY_VISITORS_S2S_VHOSTS'],
    decides: joins,
    // Read in the template of prosody: `s2s` is the module that it leaves out otherwise.
    why: 'People with an account on any other XMPP server could come in, past this server’s own.',
    answer: 'auth.guests',
  },
  {
    names: ['PROSODY_MODE', 'PROSODY_VISITOR_INDEX'],
    decides: joins,
    // Read in the templates of prosody: `visitors` and `brewery` are other configurations without accounts.
    why: 'It gives prosody another job, in which it knows no accounts.',
    answer: 'auth.mode',
  },
];

/** Who decides about a variable; undefined where the owner's settings may. */
export function deciderOf(name: string): Decider | undefined {
  return deciders.find(({ names }) =>
    names.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : one === name)),
  );
}
