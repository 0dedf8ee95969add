import {
  accessContribution,
  accessProblems,
  believedTokens,
  defineBlueprint,
  guestsField,
  moderatorsField,
  type SigningIn,
} from '../../src/blueprint.ts';
import { tokenFields } from './fields.ts';
import { tokenProblems } from './problems.ts';

const tokens: SigningIn = {
  signIn: 'token',
  opens: 'Anyone whose link carries a valid token can open the room it names.',
  leaves:
    'Links with a token open nothing any more. Those that have not run out would again, if tokens came back with the same JWT_APP_SECRET in .env.',
  type: 'jwt',
};

/** Tokens (JWT): links that another program, or `./stack token`, signs. */
export const authJwt = defineBlueprint({
  id: 'auth-jwt',
  title: 'Links with a token',
  order: 60,
  offer: {
    section: 'auth',
    value: 'jwt',
    label: 'Anyone whose link carries a token',
    hint: 'Moodle, Nextcloud or a program of your own makes the links',
    order: 3,
  },
  fields: {
    ...tokenFields,
    guests: guestsField('token'),
    moderators: moderatorsField('token'),
  },
  check: ({ own }) => [...tokenProblems(own), ...accessProblems(tokens, own)],
  contribute({ answers, own }) {
    const { keys, keysUrl, issuer, audience, signInUrl } = own;
    const { access, environment = {}, lists = {} } = accessContribution(tokens, own, answers);
    return {
      ...(access && { access }),
      ...(keys === 'jwks' && keysUrl && { asks: [{ kind: 'keys' as const, url: keysUrl }] }),
      environment: {
        ...environment,
        web: { ...environment.web, ...(signInUrl && { TOKEN_AUTH_URL: signInUrl }) },
        prosody: {
          ...environment.prosody,
          ...believedTokens(issuer, audience),
          ...(keys === 'secret' && { JWT_APP_SECRET: { secret: 'JWT_APP_SECRET' } }),
          ...(keys === 'key-server' && keysUrl && { JWT_ASAP_KEYSERVER: keysUrl }),
        },
      },
      lists: {
        prosody: {
          ...lists.prosody,
          ...(keys === 'jwks' && {
            // Tokens of a sign-in service name no room.
            XMPP_CONFIGURATION: [`cache_keys_url="${keysUrl}"`, 'asap_require_room_claim=false'],
          }),
        },
      },
      ...(keys === 'secret' && {
        secrets: [
          {
            name: 'JWT_APP_SECRET',
            about: 'signs the tokens of links to meetings',
            ends: 'Every link with a token from before opens nothing any more; programs that make links need the new value from .env.',
          },
        ],
        steps: [
          {
            phase: 'after',
            title: 'Make a link',
            detail:
              'Rooms open for whoever has one. Programs that make links need JWT_APP_SECRET of .env; without one, this does:',
            command: './stack token ROOM --moderator',
          },
        ],
      }),
      troubles: [
        {
          symptom: '“Authentication failed” for somebody with a link.',
          cause:
            'The token has run out, is for another room, or names another issuer or audience; the clock of whoever signed it may be wrong.',
          fix: `Compare its parts with auth in \`jitsi-stack.json\`: iss ${issuer}, aud ${audience} (one text, no list), sub, room, exp.`,
        },
        {
          symptom: 'The page asks for a user and a password, and none is right.',
          cause: 'Somebody came without a link, and the page knows no other way to ask.',
          fix: 'Send them a link with a token; or give --auth-sign-in-url, where they get one.',
        },
      ],
    };
  },
});
