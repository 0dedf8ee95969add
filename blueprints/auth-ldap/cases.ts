import type { Cases } from '../../src/blueprint.ts';

const directory = {
  mode: 'ldap',
  servers: 'dc1.example.org dc2.example.org',
  base: 'dc=example,dc=org',
  bindDn: 'cn=jitsi,ou=services,dc=example,dc=org',
};

export const cases: Cases = [
  { auth: { ...directory, people: 'uid' } },
  {
    auth: {
      ...directory,
      encryption: 'starttls',
      ownAuthority: true,
      people: 'sAMAccountName',
      group: 'cn=meet (all),ou=groups,dc=example,dc=org',
      nested: true,
      guests: 'knock',
    },
  },
  {
    auth: {
      mode: 'ldap',
      servers: 'localhost:1389',
      encryption: 'none',
      base: 'dc=example,dc=org',
      people: 'userPrincipalName',
      suffix: 'example.org',
      guests: 'none',
    },
  },
];
