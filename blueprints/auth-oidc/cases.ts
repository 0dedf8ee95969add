import type { Cases } from '../../src/blueprint.ts';

const keycloak = {
  mode: 'oidc',
  provider: 'keycloak',
  providerUrl: 'https://id.example.org/realms/meet',
  clientId: 'jitsi',
};

export const cases: Cases = [
  { auth: keycloak },
  {
    auth: {
      ...keycloak,
      groups: 'staff, /teachers/Year 1',
      moderators: 'token',
      moderatorGroups: 'hosts',
      groupsClaim: 'realm_access.roles',
      providerAuthority: true,
    },
  },
  {
    auth: {
      mode: 'oidc',
      provider: 'google',
      clientId: '1-a.apps.googleusercontent.com',
      domains: 'example.org',
      guests: 'knock',
      moderators: 'token',
      moderatorGroups: 'ada@example.org',
    },
  },
  { auth: { ...keycloak, guests: 'none', moderators: 'first' } },
];
