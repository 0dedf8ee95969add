import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Directory, directoryVariables } from '../../../blueprints/auth-ldap/directory.ts';
import { needs } from '../../programs/needs.ts';
import { smallPlan } from '../operations/plan.ts';
import { FakeStack } from '../operations/stack.ts';
import {
  base,
  bindDn,
  bindPassword,
  group,
  startDirectory,
  type TestDirectory,
} from './directory.ts';

const test = suite('auth-ldap: with a real slapd and saslauthd');
const real = await needs(
  test,
  ...(['slapd', 'ldapadd', 'saslauthd', 'testsaslauthd', 'lua5.4', 'openssl'] as const).map(
    (name) => `host:${name}` as const,
  ),
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

real('ldap-test: of two servers, the one that is away is named and the other is asked', () => {
  const url = `ldaps://127.0.0.1:1,${directory.ldaps}`;
  const { code, out } = ldapTest(['ada'], 'lovelace\n', { url });
  assert.is(code, 1);
  assert.match(out, /127\.0\.0\.1:1: no connection[\s\S]*ada can open rooms/);
});

/** As the image's template writes it from the variables, and its saslauthd reads it. */
async function loginThrough(change: Change, name: string, password: string): Promise<boolean> {
  const env: Readonly<Record<string, string>> = environment(change);
  const folder = join(directory.folder, 'run');
  mkdirSync(folder, { recursive: true });
  const on = (variable: string) => (env[variable] === '1' ? 'yes' : 'no');
  const lines = [
    `ldap_servers: ${env.LDAP_URL}`,
    `ldap_search_base: ${env.LDAP_BASE}`,
    `ldap_bind_dn: ${env.LDAP_BINDDN}`,
    `ldap_bind_pw: ${env.LDAP_BINDPW}`,
    `ldap_filter: ${env.LDAP_FILTER}`,
    `ldap_version: ${env.LDAP_VERSION}`,
    'ldap_auth_method: bind',
    ...(on('LDAP_USE_TLS') === 'yes'
      ? [
          `ldap_tls_check_peer: ${on('LDAP_TLS_CHECK_PEER')}`,
          `ldap_tls_cacert_file: ${env.LDAP_TLS_CACERT_FILE}`,
        ]
      : []),
    ...(on('LDAP_START_TLS') === 'yes' ? ['ldap_start_tls: yes'] : []),
  ];
  writeFileSync(join(folder, 'saslauthd.conf'), `${lines.join('\n')}\n`);
  const words = ['-d', '-n', '1', '-a', 'ldap', '-O', join(folder, 'saslauthd.conf'), '-m', folder];
  const daemon = spawn('saslauthd', words, { stdio: 'ignore' });
  try {
    for (let tries = 0; tries < 50 && !existsSync(join(folder, 'mux')); tries += 1) await sleep(50);
    const asked = ['-f', join(folder, 'mux'), '-u', name, '-p', password];
    return spawnSync('testsaslauthd', asked, { timeout: 15_000 }).status === 0;
  } finally {
    daemon.kill('SIGKILL');
    await once(daemon, 'exit');
    spawnSync('rm', ['-rf', folder]);
  }
}

for (const encryption of ['ldaps', 'starttls'])
  real(
    `saslauthd over ${encryption}: right and wrong passwords, and no certificate of others`,
    async () => {
      assert.ok(await loginThrough({ encryption }, 'ada', 'lovelace'));
      assert.not(await loginThrough({ encryption }, 'ada', 'wrong'));
      assert.not(await loginThrough({ encryption, authority: system }, 'ada', 'lovelace'));
    },
  );

real('saslauthd: only members of the group, whatever brackets its name has', async () => {
  assert.ok(await loginThrough({ group }, 'ada', 'lovelace'));
  assert.not(await loginThrough({ group }, 'bob', 'builder'));
});

real.run();
