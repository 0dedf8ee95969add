import type { Fields, Known } from '../../src/blueprint.ts';
import { providerOf, providers } from './providers.ts';

const chosen = ({ auth }: Known) => providerOf(Object(auth).provider ?? 'keycloak');

/** Where people sign in, and which of them may open rooms here. */
export const signInFields = {
  provider: {
    kind: 'choice',
    question: 'Where do people sign in?',
    description: 'who signs people in, by OpenID Connect',
    default: 'keycloak',
    options: Object.entries(providers).map(([value, { label, hint }]) => ({ value, label, hint })),
  },
  providerUrl: {
    kind: 'url',
    question: 'What is its address (issuer), such as https://id.example.org/realms/NAME?',
    description:
      'its address, which it calls issuer: https://id.example.org/realms/NAME for Keycloak',
    default: (known: Known) => chosen(known).url,
    advanced: ({ auth }: Known) => Object(auth).provider === 'google',
  },
  clientId: {
    kind: 'text',
    question: 'Which client ID does this server have there?',
    description: 'the client ID that it has given to this server',
  },
  domains: {
    kind: 'text',
    question: 'Only people with an e-mail address in which domain?',
    description:
      'only people whose verified address is of one of these domains; separated by commas',
    optional: true,
    advanced: ({ auth }: Known) => Object(auth).provider === 'entra',
  },
  groups: {
    kind: 'text',
    question: 'Only members of which group?',
    description:
      'only members of one of these groups open rooms; separated by commas, empty for everybody',
    optional: true,
    advanced: ({ auth }: Known) => Object(auth).provider === 'google',
  },
} as const satisfies Fields;

/** What follows once it is known who moderates. */
export const claimFields = {
  moderatorGroups: {
    kind: 'text',
    question: 'Members of which group moderate?',
    description: 'members of one of these groups moderate; separated by commas',
    optional: true,
    advanced: ({ auth }: Known) => Object(auth).moderators !== 'token',
  },
  groupsClaim: {
    kind: 'text',
    question: 'In which claim does it name people’s groups?',
    description: 'the claim with a person’s groups or roles; realm_access.roles for one in another',
    default: (known: Known) => chosen(known).groups,
    advanced: true,
  },
  minutes: {
    kind: 'integer',
    question: 'For how many minutes is a sign-in good for coming into its room?',
    description: 'minutes for which a sign-in is good for coming (back) into its room',
    default: 60,
    min: 5,
    max: 720,
    advanced: true,
  },
  providerAuthority: {
    kind: 'boolean',
    question: 'Does an authority of your own sign the certificate of that service?',
    description:
      'the certificate of the service comes from an authority of your own: oidc/authority.pem',
    default: false,
    advanced: true,
  },
} as const satisfies Fields;
