// What the container is told; compose.yaml has it, from the answers.

/** A text of the environment that has to be there. */
function needed(name) {
  const value = process.env[name];
  if (value) return value;
  console.error(`${name} is empty. ./stack secret ${name} enters it when it is a secret.`);
  process.exit(1);
}

/** Entries that are separated by commas. */
function list(name) {
  return (process.env[name] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

export const settings = {
  port: Number(process.env.PORT ?? 8080),
  /** Where people meet: `https://meet.example.org`, without a path. */
  url: new URL(needed('PUBLIC_URL')).origin,
  issuer: needed('OIDC_ISSUER'),
  clientId: needed('OIDC_CLIENT_ID'),
  clientSecret: needed('OIDC_CLIENT_SECRET'),
  /** How the client shows who it is: `basic` or `post`; empty goes by what the provider says of itself. */
  authentication: process.env.OIDC_CLIENT_AUTHENTICATION ?? '',
  scopes: needed('OIDC_SCOPES').split(' '),
  /** The claim with a person's groups. */
  groupsClaim: process.env.OIDC_GROUPS_CLAIM ?? 'groups',
  allowedGroups: list('OIDC_ALLOWED_GROUPS'),
  allowedDomains: list('OIDC_ALLOWED_DOMAINS').map((one) => one.toLowerCase()),
  /** Google says in `hd` whose account it is; an address alone could be anybody's. */
  hostedDomain: process.env.OIDC_HOSTED_DOMAIN === '1',
  /** Empty where the token says nothing about who moderates. */
  moderators: list('OIDC_MODERATORS'),
  token: {
    secret: needed('JWT_APP_SECRET'),
    issuer: needed('JWT_APP_ID'),
    audience: needed('JWT_ACCEPTED_AUDIENCES'),
    minutes: Number(needed('TOKEN_MINUTES')),
  },
};
