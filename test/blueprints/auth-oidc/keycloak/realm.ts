import { secret } from '../provider.ts';

const origin = 'https://meet.example.org';

/** As docs/authentication.md has its reader make it: a confidential client, and a mapper for groups. */
const jitsi = {
  clientId: 'jitsi',
  publicClient: false,
  secret,
  standardFlowEnabled: true,
  // Lets the trial look at what is in an access token.
  directAccessGrantsEnabled: true,
  redirectUris: [`${origin}/oidc/callback`],
  attributes: { 'post.logout.redirect.uris': `${origin}/oidc/signed-out` },
  protocolMappers: [
    {
      name: 'groups',
      protocol: 'openid-connect',
      protocolMapper: 'oidc-group-membership-mapper',
      config: {
        ...{ 'claim.name': 'groups', 'full.path': 'false' },
        ...{ 'id.token.claim': 'true', 'userinfo.token.claim': 'true' },
      },
    },
  ],
};

/** A client whose access tokens are for Jitsi alone: narrow scope, and an audience mapper to itself. */
const native = {
  clientId: 'native',
  publicClient: true,
  directAccessGrantsEnabled: true,
  fullScopeAllowed: false,
  protocolMappers: [
    {
      name: 'audience',
      protocol: 'openid-connect',
      protocolMapper: 'oidc-audience-mapper',
      config: { 'included.client.audience': 'native', 'access.token.claim': 'true' },
    },
  ],
};

function person(username: string, password: string, more: object) {
  const email = `${username}@example.org`;
  const name = { firstName: username, lastName: 'Example' };
  const credentials = [{ type: 'password', value: password }];
  return { username, enabled: true, email, emailVerified: true, ...name, credentials, ...more };
}

/** What Keycloak gives whoever is made in its console: access to one's own account. */
const everybody = 'default-roles-staff';

/** A realm with two people: one of them is in the group of moderators, and has the role. */
export const realm = {
  realm: 'staff',
  enabled: true,
  groups: [{ name: 'hosts' }],
  roles: { realm: [{ name: 'hosts' }] },
  users: [
    person('ada', 'lovelace', { groups: ['/hosts'], realmRoles: [everybody, 'hosts'] }),
    person('bob', 'builder', { realmRoles: [everybody] }),
  ],
  clients: [jitsi, native],
};
