import type { ForeignService } from './read/service.ts';

/** Programs that people run beside Jitsi to sign in by OpenID Connect, and what is wrong with them: tried or read in their code. */
const known: readonly { readonly image: RegExp; readonly fault: string }[] = [
  {
    image: /jitsi-(?:oidc|keycloak)-adapter/,
    fault:
      'It finishes a sign-in that another browser began, and what a link says gets into its page unquoted.',
  },
  {
    image: /jitsi-openid/,
    fault:
      'A link makes it send its token, good for every room and a day, to another host; nobody maintains it any more.',
  },
  { image: /jitsi-go-openid/, fault: 'Its tokens are good for 30 days, and it knows no PKCE.' },
];

/** Variables in which they hold the provider’s address and their client ID. */
const issuers = ['OIDC_ISSUER_URL', 'ISSUER_URL', 'ISSUER_BASE_URL'];
const clients = ['OIDC_CLIENT_ID', 'CLIENT_ID', 'KEYCLOAK_CLIENT_ID'];

/** What to do about a service that signs people in for Jitsi; undefined for any other. */
export function insteadOfSignIn({ image, environment }: ForeignService): string | undefined {
  const found = known.find((one) => one.image.test(image?.value ?? ''));
  if (!found) return undefined;
  const stated = (names: readonly string[], otherwise: string) => {
    const value = names.map((name) => environment.get(name)?.value).find(Boolean);
    return value !== undefined && /^[\w.:/~-]{1,300}$/.test(value) ? value : otherwise;
  };
  return `It signs people in for Jitsi. ${found.fault} The stack does it itself with --auth oidc --auth-provider-url ${stated(issuers, 'ISSUER')} --auth-client-id ${stated(clients, 'ID')}; the redirect URI at the provider is https://DOMAIN/oidc/callback then.`;
}
