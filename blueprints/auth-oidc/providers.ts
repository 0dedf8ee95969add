/** What there is to say about a provider of sign-ins. Read in its documentation; docs/authentication.md says which were tried. */
export interface Provider {
  readonly label: string;
  readonly hint: string;
  /** Its address where it has only one. */
  readonly url?: string;
  /** What its addresses look like, and one of them in words. */
  readonly form?: RegExp;
  readonly example: string;
  /** The claim with a person's groups. */
  readonly groups: string;
  /** Scopes besides `openid profile email`. */
  readonly scopes?: string;
  /** How a client shows who it is when its owner has chosen nothing there; left out, the provider is asked. */
  readonly authentication?: 'basic' | 'post';
  /** What to create there. */
  readonly create: string;
  /** What to do there besides, so that groups come along. */
  readonly grouping: string;
  /** It says in a claim of its own whose account it is (`hd`). */
  readonly hosted?: true;
}

export const providers: Readonly<Record<string, Provider>> = {
  keycloak: {
    label: 'Keycloak',
    hint: 'https://id.example.org/realms/NAME',
    form: /^https:\/\/[^/]+(?:\/[^?#]*)?\/realms\/[^/?#]+$/,
    example: 'https://id.example.org/realms/NAME',
    groups: 'groups',
    authentication: 'post',
    create:
      'Clients → Create client: OpenID Connect, “Client authentication” on, “Standard flow” alone. The secret is on its tab Credentials.',
    grouping:
      'Its client scope NAME-dedicated → Add mapper → Group Membership: token claim name groups, “Full group path” off.',
  },
  entra: {
    label: 'Microsoft Entra ID',
    hint: 'https://login.microsoftonline.com/TENANT-ID/v2.0',
    form: /^https:\/\/login\.(?:microsoftonline\.com|microsoftonline\.us|partner\.microsoftonline\.cn)\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\/v2\.0$/i,
    example: 'https://login.microsoftonline.com/TENANT-ID/v2.0, with the tenant’s ID in digits',
    groups: 'groups',
    authentication: 'post',
    create:
      'App registrations → New registration: accounts in this directory only, platform Web. The secret: Certificates & secrets → New client secret, its value.',
    grouping:
      'Token configuration → Add groups claim; the groups are then named by their object IDs.',
  },
  google: {
    label: 'Google',
    hint: 'Google accounts, of your Workspace',
    url: 'https://accounts.google.com',
    form: /^https:\/\/accounts\.google\.com$/,
    example: 'https://accounts.google.com',
    groups: 'email',
    authentication: 'post',
    create:
      'Google Cloud console → APIs & Services → Credentials → Create OAuth client ID, type Web application. The secret is shown once.',
    grouping: 'Google tells no groups: people are named by their addresses.',
    hosted: true,
  },
  gitlab: {
    label: 'GitLab',
    hint: 'gitlab.com or your own',
    url: 'https://gitlab.com',
    example: 'https://gitlab.example.org',
    groups: 'groups',
    authentication: 'post',
    create:
      'Admin → Applications (or those of a group): confidential, scopes openid, profile and email. The secret is shown once.',
    grouping: 'Nothing else: groups are named by their paths, such as staff/meeting.',
  },
  authentik: {
    label: 'Authentik',
    hint: 'https://id.example.org/application/o/NAME/',
    form: /^https:\/\/[^/]+\/(?:[^?#]*\/)?application\/o\/[^/?#]+\/$/,
    example: 'https://id.example.org/application/o/NAME/, with the slash at its end',
    groups: 'groups',
    authentication: 'post',
    create:
      'Applications → Create with provider: OAuth2/OpenID, client type confidential, a signing key chosen. The secret stands there.',
    grouping: 'Nothing else: the scope profile brings them.',
  },
  authelia: {
    label: 'Authelia',
    hint: 'https://auth.example.org',
    example: 'https://auth.example.org',
    groups: 'groups',
    scopes: 'groups',
    authentication: 'basic',
    create:
      'identity_providers.oidc.clients: a client_id, the hash of a secret, scopes openid, profile, email and groups, token_endpoint_auth_method client_secret_basic.',
    grouping: 'Nothing else: the scope groups brings them.',
  },
  zitadel: {
    label: 'Zitadel',
    hint: 'https://NAME.zitadel.cloud, or your own',
    example: 'https://id.example.org',
    groups: 'urn:zitadel:iam:org:project:roles',
    authentication: 'basic',
    create:
      'Project → New application: Web, method Code, authentication Basic. The secret is shown once.',
    grouping:
      'Project → “Assert roles on authentication” on. People have roles of the project there, not groups.',
  },
  other: {
    label: 'Something else that speaks OpenID Connect',
    hint: 'its address is what its discovery calls issuer',
    example: 'https://id.example.org',
    groups: 'groups',
    create: 'A confidential client with the authorization code flow, and a secret.',
    grouping: 'Its tokens or its userinfo have to carry the claim.',
  },
};

/** @returns what there is to say about anything, for a name that is none */
export function providerOf(name: unknown): Provider {
  const { other } = providers;
  if (!other) throw new Error('The list of providers has no “other”.');
  return (Object.hasOwn(providers, String(name)) && providers[String(name)]) || other;
}
