import type { Fields, Known } from '../../src/blueprint.ts';

/** Whoever signs with this stack's own secret takes the names that stand here. */
const isOwn = ({ auth }: Known) => (Object(auth).keys ?? 'secret') === 'secret';

/** How a token is told from one that is not for this server. */
export const tokenFields = {
  keys: {
    kind: 'choice',
    question: 'Who signs the tokens?',
    description: 'who signs the tokens',
    default: 'secret',
    options: [
      {
        value: 'secret',
        label: 'A program that shares a secret with this server',
        hint: 'it is made at the first start',
      },
      {
        value: 'jwks',
        label: 'A sign-in service that publishes its keys as JWKS',
        hint: 'Keycloak and the like',
      },
      {
        value: 'key-server',
        label: 'A service whose keys are files on a server',
        hint: 'one PEM file for each key, as 8x8 has them',
      },
    ],
  },
  keysUrl: {
    kind: 'url',
    question: 'What is the address of its keys?',
    description: 'where the keys are, such as https://id.example.org/keys.json',
    optional: true,
    advanced: isOwn,
  },
  issuer: {
    kind: 'text',
    question: 'What does it call itself in its tokens (iss)?',
    description:
      'the issuer that tokens have to name (iss); with an own secret, the domain will do',
    default: ({ domain }: Known) => domain,
    advanced: isOwn,
  },
  audience: {
    kind: 'text',
    question: 'Which audience does it name (aud)?',
    description: 'the audience that tokens have to name (aud), such as jitsi',
    default: 'jitsi',
    advanced: isOwn,
  },
  signInUrl: {
    kind: 'url',
    question: 'Where do people without a token get one?',
    description: 'where the page sends people without a token; {room} in it is the room',
    optional: true,
    advanced: true,
  },
} as const satisfies Fields;
