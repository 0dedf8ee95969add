import {
  accessContribution,
  accessProblems,
  believedTokens,
  defineBlueprint,
  fixedAddress,
  guestsField,
  moderatorsField,
  type SigningIn,
} from '../../src/blueprint.ts';
import { claimFields, signInFields } from './fields.ts';
import { entriesOf, type Own, signInProblems } from './problems.ts';
import { providerOf } from './providers.ts';
import { audience, port, signInService, signInVariables } from './service.ts';
import { stepsFor, troublesFor } from './tell.ts';

/** People who sign in elsewhere (OpenID Connect): Keycloak, Entra ID, Google and others. */
export const authOidc = defineBlueprint({
  id: 'auth-oidc',
  title: 'People who sign in elsewhere',
  order: 60,
  offer: {
    section: 'auth',
    value: 'oidc',
    label: 'People who sign in elsewhere (Keycloak, Microsoft, Google, …)',
    hint: 'with the account that they have already (OpenID Connect); strangers cannot open rooms',
    order: 2,
  },
  // Where the edge reaches all through web, web's NGINX leads to the sign-in.
  uses: ['nginx-custom'],
  fields: {
    ...signInFields,
    guests: guestsField('token'),
    moderators: moderatorsField('token', {
      label: 'Members of a group',
      hint: 'the sign-in service says who is in it; strangers never do',
    }),
    ...claimFields,
  },
  addresses: { oidc: 15 },
  ownersPlaces: [
    { path: 'oidc/authority.pem', about: 'the certificate of your authority, for the sign-in' },
  ],
  formats: {
    'images/oidc/Dockerfile': 'lines',
    '*.json': 'lines',
    'jitsi/web/nginx-custom/oidc.conf': 'nginx',
  },
  check: ({ own }) => [...signInProblems(own), ...accessProblems(people(own), own)],
  contribute({ answers, own, url, trustedProxy, memory }) {
    const { access, environment = {}, lists } = accessContribution(people(own), own, answers);
    const issuer = answers.domain;
    return {
      ...(access && { access }),
      ...(lists && { lists }),
      services: [signInService(providerOf(own.provider).label, memory(0.03, 96, 256))],
      environment: {
        ...environment,
        web: {
          ...environment.web,
          TOKEN_AUTH_URL: `${url}/oidc/login?room={room}&state={state}`,
        },
        prosody: {
          ...environment.prosody,
          ...believedTokens(issuer, audience),
          JWT_APP_SECRET: { secret: 'JWT_APP_SECRET' },
        },
        oidc: signInVariables(own, url, issuer),
      },
      secrets: [
        {
          name: 'JWT_APP_SECRET',
          about: 'signs the tokens of those who have signed in',
          ends: 'Links of ./stack token from before open nothing any more; who has signed in does so anew.',
        },
        {
          name: 'OIDC_CLIENT_SECRET',
          about: `the secret of client ${own.clientId}`,
          given: true as const,
        },
      ],
      endpoints: [
        {
          name: 'oidc',
          protocol: 'tcp',
          port,
          from: 'containers',
          service: 'oidc',
          purpose: 'Sign-in, for the edge',
        },
      ],
      routes: [{ path: '/oidc/', kind: 'service', service: 'oidc', port }],
      files:
        trustedProxy.signalling === 'web'
          ? {}
          : { 'jitsi/web/nginx-custom/oidc.conf': { absent: true } },
      steps: stepsFor(own, url),
      troubles: troublesFor(own, url),
    };
  },
  present: ({ network }) => ({
    paths: ['login', 'callback', 'logout', 'signed-out'].map((name) => `/oidc/${name}`),
    upstream: `http://${fixedAddress(network, 'oidc', 'auth-oidc').ipv4}:${port}`,
  }),
});

function people(own: Own): SigningIn {
  const { label } = providerOf(own.provider);
  const groups = entriesOf(own.groups);
  const domains = entriesOf(own.domains);
  const who = [
    ...(groups.length > 0 ? [`are in ${groups.join(' or ')}`] : []),
    ...(domains.length > 0 ? [`have an address of ${domains.join(' or ')}`] : []),
  ].join(' and ');
  const where = label === providerOf('other').label ? own.providerUrl : label;
  return {
    signIn: 'token',
    opens: `People who sign in with ${where}${who && ` and ${who}`} open rooms.`,
    byToken: `Members of ${entriesOf(own.moderatorGroups).join(' or ')} moderate.`,
    leaves:
      'Nobody is led to that sign-in any more. The client there is yours to delete, and OIDC_CLIENT_SECRET may go from .env.',
    type: 'jwt',
  };
}
