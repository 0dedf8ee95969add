import {
  type Answers,
  type Contribution,
  domainIn,
  type Problem,
  type Release,
} from '../../src/blueprint.ts';
import { numberProblems } from './numbers.ts';

/** What only stacks with numbers have, by path. */
const files = [
  'jitsi/prosody-plugins/mod_telephone_pins/mod_telephone_pins.lua',
  'jitsi/prosody-plugins/mod_telephone_pins/pins.lib.lua',
  'jitsi/web/nginx-custom/telephone.conf',
  'jitsi/web/telephone/numbers.json',
  'telephone/README.md',
  'telephone/asterisk/extensions.conf',
  'telephone/freeswitch/jitsi.lua',
  'telephone/freeswitch/jitsi.xml',
  'telephone/jitsi-room.curl',
  'telephone/twilio.js',
];

/** Why people could not call rooms by these numbers. */
export function dialInProblems(
  numbers: string | undefined,
  { capabilities, tag }: Release,
): readonly Problem[] {
  if (numbers === undefined) return [];
  if (!capabilities.nginxCustom)
    return [
      {
        where: 'telephone.numbers',
        answer: 'release',
        what: `Numbers and PINs do not work with ${tag}.`,
        why: 'Its web image leads to no program beside Jitsi.',
        fix: 'Choose stable-10008 or newer, or leave the numbers out.',
      },
    ];
  return numberProblems(numbers);
}

/**
 * Numbers and a PIN for each room: the page asks web for both, prosody makes the PINs, and a telephone exchange that knows the password asks it for
 * the room of a PIN.
 */
export function dialIn(wanted: boolean, { auth, settings }: Answers, url: string): Contribution {
  if (!wanted) return { files: Object.fromEntries(files.map((path) => [path, { absent: true }])) };
  return {
    environment: {
      web: { CONFCODE_URL: `${url}/telephone/pin`, DIALIN_NUMBERS_URL: `${url}/telephone/numbers` },
    },
    announces: { prosody: { TELEPHONE_PBX_PASSWORD: { secret: 'TELEPHONE_PBX_PASSWORD' } } },
    lists: {
      prosody: {
        XMPP_MODULES: ['telephone_pins'],
        XMPP_CONFIGURATION: [
          `telephone_host = "${domainIn(settings, 'XMPP_DOMAIN')}"`,
          `telephone_rooms = "${domainIn(settings, 'XMPP_MUC_DOMAIN')}"`,
          // Where guests come in by a room's name alone, its PIN opens nothing more.
          `telephone_pins_for_guests = ${auth.guests !== 'none'}`,
        ],
      },
    },
    secrets: [
      {
        name: 'TELEPHONE_PBX_PASSWORD',
        about: 'with which your telephone exchange asks for the room of a PIN',
        ends: 'Callers reach no room until your telephone exchange has the new TELEPHONE_PBX_PASSWORD from .env.',
      },
    ],
    probes: [{ path: '/telephone/pin', answers: 'page', service: 'prosody' }],
    links: [{ from: 'web', to: 'prosody', label: '5280' }],
    steps: [
      {
        phase: 'after',
        title: 'Teach your telephone exchange to ask for PINs',
        detail:
          'telephone/README.md says how, for Asterisk, FreeSWITCH and Twilio. It wants the password that stands in .env as TELEPHONE_PBX_PASSWORD.',
        command: 'grep TELEPHONE_PBX_PASSWORD .env',
      },
    ],
    troubles: [
      {
        symptom: 'A PIN is refused on the telephone.',
        cause:
          'Nobody is in its room yet: a caller opens none. Or the telephone exchange has another password than `.env`.',
        fix: 'Call once somebody is in the room. `./stack logs prosody` has a line for each PIN that opens no room; where it has none, the exchange was refused: compare its password.',
      },
    ],
  };
}
