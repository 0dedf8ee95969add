import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { directoryVariables, filterOf } from '../../../blueprints/auth-ldap/directory.ts';
import { directoryProblems } from '../../../blueprints/auth-ldap/problems.ts';

const test = suite('auth-ldap: answers');
const own = {
  servers: 'dc1.example.org, dc2.example.org:3269',
  encryption: 'ldaps',
  ownAuthority: true,
  base: 'dc=example,dc=org',
  bindDn: 'cn=jitsi,dc=example,dc=org',
  people: 'uid',
  nested: false,
};

test('encrypted means verified, whichever way', () => {
  assert.equal(directoryProblems(own), []);
  const tls = { LDAP_USE_TLS: true, LDAP_TLS_CHECK_PEER: true };
  for (const [encryption, url, expected] of [
    [
      'ldaps',
      'ldaps://dc1.example.org ldaps://dc2.example.org:3269',
      { ...tls, LDAP_START_TLS: false },
    ],
    [
      'starttls',
      'ldap://dc1.example.org ldap://dc2.example.org:3269',
      { ...tls, LDAP_START_TLS: true },
    ],
  ] as const) {
    const { LDAP_URL, LDAP_USE_TLS, LDAP_TLS_CHECK_PEER, LDAP_START_TLS } = directoryVariables({
      ...own,
      encryption,
    });
    assert.is(LDAP_URL, url);
    assert.equal({ LDAP_USE_TLS, LDAP_TLS_CHECK_PEER, LDAP_START_TLS }, expected);
  }
});

for (const [what, change, filter] of [
  ['uid', {}, '(uid=%u)'],
  ['a logon name', { people: 'sAMAccountName' }, '(sAMAccountName=%u)'],
  [
    'a principal name',
    { people: 'userPrincipalName', suffix: 'example.org' },
    '(userPrincipalName=%u@example.org)',
  ],
  ['a filter without brackets', { people: 'filter', filter: 'cn=%U' }, '(cn=%U)'],
  [
    'a group whose name has brackets',
    { group: 'cn=meet (all),dc=example,dc=org' },
    '(&(uid=%u)(memberOf=cn=meet \\28all\\29,dc=example,dc=org))',
  ],
  [
    'groups in a group',
    { people: 'sAMAccountName', group: 'cn=meet,dc=example,dc=org', nested: true },
    '(&(sAMAccountName=%u)(memberOf:1.2.840.113556.1.4.1941:=cn=meet,dc=example,dc=org))',
  ],
] as const)
  test(`people are found by ${what}`, () => assert.is(filterOf({ ...own, ...change }), filter));

for (const [what, change, answer] of [
  ['a filter in which every name is the same', { people: 'filter', filter: '(cn=ada)' }, 'filter'],
  ['no filter', { people: 'filter' }, 'filter'],
  ['brackets that do not match', { people: 'filter', filter: '(cn=%u))(' }, 'filter'],
  ['a principal name without what follows', { people: 'userPrincipalName' }, 'suffix'],
  ['an address for a server', { servers: 'ldaps://dc1' }, 'servers'],
  ['no server', { servers: ' ' }, 'servers'],
  ['no base', { base: '' }, 'base'],
] as const)
  test(`${what} is refused`, () => {
    const [problem] = directoryProblems({ ...own, ...change });
    assert.is(problem?.answer, `auth.${answer}`);
  });

test.run();
