import type { Step, Trouble } from '../../src/blueprint.ts';
import type { Own } from './problems.ts';
import { providerOf } from './providers.ts';

/** What the owner does at the provider and here. */
export function stepsFor(
  own: Own & { readonly providerAuthority: boolean },
  url: string,
): readonly Step[] {
  const { label, create, grouping } = providerOf(own.provider);
  const groups = Boolean(own.groups || (own.moderators === 'token' && own.moderatorGroups));
  return [
    {
      phase: 'before',
      repeat: 'names',
      title: `Let ${label === providerOf('other').label ? 'the sign-in service' : label} know this server`,
      detail: `${create} Redirect URI: ${url}/oidc/callback. After log-out (post logout redirect URI): ${url}/oidc/signed-out.${groups ? ` For groups: ${grouping}` : ''}`,
    },
    {
      phase: 'before',
      title: 'Enter the secret of that client',
      detail: 'It is asked for and goes into .env, which no copy of the repository has.',
      command: './stack secret OIDC_CLIENT_SECRET',
    },
    ...(own.providerAuthority
      ? [
          {
            phase: 'before' as const,
            title: 'Bring the certificate of your authority',
            detail:
              'Put it in oidc/authority.pem, as PEM; without it the sign-in service is not believed.',
          },
        ]
      : []),
    {
      phase: 'after',
      title: 'Sign in',
      detail: `Open a room: the page leads to the sign-in as soon as you want to open it. ${url}/oidc/logout signs out again; config.tokenLogoutUrl = '${url}/oidc/logout'; in jitsi/web/custom-config.js makes Jitsi’s own button do it.`,
    },
  ];
}

/** What goes wrong on the way. */
export function troublesFor({ provider, providerUrl }: Own, url: string): readonly Trouble[] {
  const { label } = providerOf(provider);
  return [
    {
      symptom: '“Signing in does not work right now.”',
      cause: `The server does not reach ${providerUrl}, or does not believe what it answers: its certificate, the client ID, the secret.`,
      fix: '`./stack logs oidc` says which it is. From the server: `curl ADDRESS/.well-known/openid-configuration`.',
    },
    {
      symptom: `${label} says that the redirect URI is wrong.`,
      cause: 'It takes people back only to addresses that were entered there, to the letter.',
      fix: `Enter ${url}/oidc/callback.`,
    },
    {
      symptom: '“You are not among those who open rooms here”, for somebody who is.',
      cause:
        'The groups or the verified e-mail address do not come along, or are called something else.',
      fix: 'Compare auth.groups, auth.domains and auth.groupsClaim in `jitsi-stack.json` with what the sign-in service tells clients.',
    },
    {
      symptom: '“Not allowed” after a page was loaded anew in a long meeting.',
      cause: 'The sign-in in the page’s address has run out.',
      fix: 'Open the room without what follows the question mark; auth.minutes makes it longer.',
    },
  ];
}
