import type { Environment, ServiceDeclaration } from '../../src/blueprint.ts';
import { image } from './image.ts';
import { entriesOf, type Own } from './problems.ts';
import { providerOf } from './providers.ts';

/** Where it answers in the containers' network. */
export const port = 8080;
/** Inside the container; Node looks for libraries in the folder above. */
const home = '/srv/oidc';

/** The container that signs people in. */
export function signInService(label: string, memory: number): ServiceDeclaration {
  return {
    name: 'oidc',
    image,
    build: { context: './images/oidc' },
    about: `Signs people in with ${label}, and hands Jitsi a token for one room and a short while.`,
    user: '1000:1000',
    entrypoint: ['node'],
    command: [`${home}/server.js`],
    volumes: [{ source: './oidc', target: home }],
    dependsOn: { prepare: 'completed' },
    memory,
    healthcheck: {
      test: [
        'CMD',
        'node',
        '--eval',
        `fetch('http://127.0.0.1:${port}/oidc/health').then((answer) => process.exit(answer.ok ? 0 : 1))`,
      ],
      interval: '30s',
      timeout: '10s',
      retries: 3,
      startPeriod: '20s',
    },
    comments: {
      user: 'Not root, and with nothing to write: what a sign-in has to remember is in the browser, sealed.',
      healthcheck:
        'Of the service itself: a provider that is away is told to people, and no reason to start anew.',
    },
  };
}

/** What it is told. */
export function signInVariables(
  own: Own & { readonly minutes: number; readonly providerAuthority: boolean },
  url: string,
  issuer: string,
): Environment {
  const { authentication = '', scopes, hosted = false } = providerOf(own.provider);
  const list = (text: string | undefined) => entriesOf(text).join(',');
  return {
    PUBLIC_URL: url,
    PORT: port,
    OIDC_ISSUER: own.providerUrl,
    OIDC_CLIENT_ID: own.clientId.trim(),
    OIDC_CLIENT_SECRET: { secret: 'OIDC_CLIENT_SECRET' },
    OIDC_CLIENT_AUTHENTICATION: authentication,
    OIDC_SCOPES: ['openid', 'profile', 'email', ...(scopes ? [scopes] : [])].join(' '),
    OIDC_GROUPS_CLAIM: own.groupsClaim,
    OIDC_ALLOWED_GROUPS: list(own.groups),
    OIDC_ALLOWED_DOMAINS: list(own.domains),
    OIDC_HOSTED_DOMAIN: hosted ? '1' : '0',
    OIDC_MODERATORS: own.moderators === 'token' ? list(own.moderatorGroups) : '',
    JWT_APP_ID: issuer,
    JWT_ACCEPTED_AUDIENCES: audience,
    JWT_APP_SECRET: { secret: 'JWT_APP_SECRET' },
    TOKEN_MINUTES: own.minutes,
    ...(own.providerAuthority && { NODE_EXTRA_CA_CERTS: `${home}/authority.pem` }),
  };
}

/** Whom its tokens are for; prosody takes no others. */
export const audience = 'jitsi';
