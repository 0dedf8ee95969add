import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Directory, directoryVariables } from '../../../blueprints/auth-ldap/directory.ts';
import {
  base,
  bindDn,
  bindPassword,
  startDirectory,
  type TestDirectory,
} from '../../directory/server.ts';
import { needs } from '../../programs/needs.ts';
import { smallPlan } from '../operations/plan.ts';
import { FakeStack } from '../operations/stack.ts';

const test = suite('auth-ldap: ./stack ldap-test with a real slapd');
const real = await needs(
  test,
  ...(['slapd', 'ldapadd', 'lua5.4', 'openssl'] as const).map((name) => `host:${name}` as const),
);
const script = new URL(
  '../../../blueprints/auth-ldap/files/scripts/ldap-test.lua.ejs',
  import.meta.url,
);
let directory: TestDirectory;
real.before(async () => {
  directory = await startDirectory();
});
real.after(() => directory.stop());

type Change = Partial<Directory> & { password?: string; authority?: string; url?: string };

/** The variables that a stack gives prosody, led to this directory. */
function environment({ password = bindPassword, authority, url, ...change }: Change = {}) {
  const own = { servers: 'x', encryption: 'ldaps', ownAuthority: true, base, bindDn };
  const variables = directoryVariables({ ...own, people: 'uid', nested: false, ...change });
  const known = Object.entries(variables).map(([name, value]) => {
    if (typeof value === 'object') return [name, password];
    return [name, typeof value === 'boolean' ? String(Number(value)) : String(value)];
  });
  return {
    ...Object.fromEntries(known),
    LDAP_URL: url ?? (change.encryption === 'starttls' ? directory.ldap : directory.ldaps),
    LDAP_TLS_CACERT_FILE: authority ?? directory.authority,
  };
}

function ldapTest(words: readonly string[], input: string, change: Change = {}) {
  const stack = new FakeStack(smallPlan({ auth: 'ldap' }));
  try {
    stack.write('scripts/ldap-test.lua', readFileSync(script, 'utf8'));
    const done = stack.run(['ldap-test', ...words], { input, env: environment(change) });
    assert.not.match(stack.calls(), /lovelace|HOME/);
    return done;
  } finally {
    stack.remove();
  }
}

for (const encryption of ['ldaps', 'starttls'])
  real(`ldap-test: ${encryption}, certificate, search and password are right`, () => {
    const { code, out, err } = ldapTest(['ada'], 'lovelace\n', { encryption });
    assert.is(code, 0, out + err);
    assert.match(out, 'certificate believed');
    assert.match(out, 'ada can open rooms');
  });

const system = '/etc/ssl/certs/ca-certificates.crt';
for (const [what, change, input, said] of [
  ['a wrong password', {}, 'wrong\n', 'The password of ada is wrong'],
  [
    'a wrong password of the one who searches',
    { password: 'x' },
    '',
    `the password of ${bindDn} is`,
  ],
  ['nobody there', { url: 'ldaps://127.0.0.1:1' }, '', "no connection: Can't contact"],
  ['an unknown authority', { authority: system }, '', 'its certificate is not believed'],
  [
    'an unknown authority after StartTLS',
    { authority: system, encryption: 'starttls' },
    '',
    'its certificate is not believed',
  ],
  ['a filter without sense', { people: 'filter', filter: '(uid=%u' }, '', 'Bad search filter'],
  ['a filter for everybody', { people: 'filter', filter: '(objectClass=*)' }, '', '4 are found'],
  ['another base', { base: 'dc=nowhere' }, '', 'Nobody is found'],
] as const)
  real(`ldap-test: ${what} is told apart`, () => {
    const { code, out } = ldapTest(['ada'], input, change);
    assert.is(code, 1);
    assert.match(out, said);
    assert.is(/not believed/.test(out), /authority/.test(what), out);
  });

real('ldap-test: what a terminal would obey is shown, whoever it comes from', () => {
  const { code, out } = ldapTest(['ada\u009b31m\u202e'], '');
  assert.is(code, 1);
  assert.match(out, 'Nobody is found with (uid=ada?31m?)');
});

real('ldap-test: of two servers, the one that is away is named and the other is asked', () => {
  const url = `ldaps://127.0.0.1:1,${directory.ldaps}`;
  const { code, out } = ldapTest(['ada'], 'lovelace\n', { url });
  assert.is(code, 1);
  assert.match(out, /127\.0\.0\.1:1: no connection[\s\S]*ada can open rooms/);
});

real.run();
