import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { tryOutside, withoutPassword } from '../../src/doctor/outside.ts';
import { quoteValue } from '../../src/env-file.ts';
import type { Outside } from '../../src/plan/plan.ts';
import {
  base,
  bindDn,
  bindPassword,
  group,
  startDirectory,
  type TestDirectory,
} from '../directory/server.ts';
import { needs } from '../programs/needs.ts';

const test = suite('a directory, tried before anything is written');
type Asked = Partial<Extract<Outside, { kind: 'directory' }>>;

const real = await needs(test, ...(['host:slapd', 'host:ldapadd', 'host:openssl'] as const));
let directory: TestDirectory;
real.before(async () => {
  directory = await startDirectory();
});
real.after(() => directory.stop());

const person = { base, filter: '(uid=%u)' };
const account = { name: bindDn, secret: 'LDAP_BINDPW' };
const password = (value = bindPassword) => new Map([['LDAP_BINDPW', value]]);

function directoryAs(change: Asked, { ldaps, ldap } = directory): Outside {
  const encryption = change.encryption ?? 'ldaps';
  const { host } = new URL(encryption === 'ldaps' ? ldaps : ldap);
  return { kind: 'directory', server: host, encryption, ...person, ...change };
}

/** What is said of it; its authority is a file in its own folder. */
async function said(change: Asked, entered?: ReadonlyMap<string, string>, there = directory) {
  const tried = await tryOutside([directoryAs(change, there)], there.folder, entered);
  return tried.map(({ text }) => text).join('\n');
}

for (const encryption of ['ldaps', 'starttls'] as const) {
  real(`${encryption}: with the authority all is well, and without one it is named`, async () => {
    assert.is(await said({ encryption, authority: 'ca.pem' }), '');
    const strange = await said({ encryption });
    assert.match(strange, 'comes from an authority that is not known here');
    assert.match(strange, '--auth-own-authority');
    const other = await said({ encryption, authority: 'cert.pem' });
    assert.match(other, 'not in jitsi/prosody/ldap-ca.pem');
  });

  real(`${encryption}: an authority that is still to come says nothing yet`, async () =>
    assert.is(await said({ encryption, authority: 'missing.pem' }), ''),
  );

  real(`${encryption}: a certificate for another name`, async () => {
    const { port } = new URL(encryption === 'ldaps' ? directory.ldaps : directory.ldap);
    const server = `localhost:${port}`;
    const misnamed = await said({ encryption, server, authority: 'ca.pem' });
    assert.match(misnamed, 'is for other names (IP Address:127.0.0.1)');
  });

  real(`${encryption}: account, base and filter are tried over it`, async () => {
    const ask = { encryption, authority: 'ca.pem', account };
    assert.is(await said(ask, password()), '');
    assert.match(await said(ask, password('wrong')), `refuses ${bindDn}: the password is wrong`);
  });
}

const nobodyThere = 'finds nobody with';
for (const [what, change, expected] of [
  ['all is right', {}, ''],
  ['a group with brackets', { filter: `(&(uid=%u)(memberOf=${escaped(group)}))` }, ''],
  ['another account', { account: { ...account, name: `cn=else,${base}` } }, 'refuses cn=else,'],
  ['an account that is no entry', { account: { ...account, name: 'jitsi' } }, 'refuses jitsi:'],
  ['another base', { base: 'dc=nowhere' }, 'has no entry dc=nowhere,'],
  ['a base that is no entry', { base: 'people' }, 'has no entry people,'],
  ['a base without people', { base: group }, `${nobodyThere} (uid=*) below ${group}.`],
  ['another kind of name', { filter: '(sAMAccountName=%u)' }, `${nobodyThere} (sAMAccountName=*)`],
  ['principal names', { filter: '(cn=%u@example.org)' }, `${nobodyThere} (cn=*@example.org)`],
  ['an empty group', { filter: '(&(uid=%u)(memberOf=cn=x))' }, nobodyThere],
  ['a filter without sense', { filter: '(uid%u)' }, 'The filter (uid%u) cannot be read'],
] as const)
  real(`told apart: ${what}`, async () => {
    const seen = await said({ encryption: 'none', account, ...change }, password());
    assert.is(seen === '', expected === '', seen);
    assert.match(seen, expected);
  });

real('without its password, an account is not tried, nor what only it is told', async () =>
  assert.is(await said({ encryption: 'none', account, base: 'dc=nowhere' }), ''),
);

real('without an account, what nobody is shown is said', async () => {
  assert.is(await said({ encryption: 'none' }), '');
  const shut = await startDirectory('127.0.0.1', [], 'require authc\n');
  const seen = await said({ encryption: 'none' }, undefined, shut).finally(() => shut.stop());
  assert.match(seen, `does not show ${base} to whoever asks without an account`);
  assert.match(seen, 'Name an account that may search: --auth-bind-dn.');
});

real('the password that stands in .env is known, and a refused one is named', async () => {
  const folder = join(directory.folder, 'stack');
  mkdirSync(folder);
  const asks = [directoryAs({ encryption: 'none', account })];
  assert.equal(withoutPassword([...asks, ...asks], folder), [account]);
  writeFileSync(join(folder, '.env'), `A=1\nLDAP_BINDPW=${quoteValue(bindPassword)}\n`);
  assert.equal(withoutPassword(asks, folder), []);
  assert.equal(await tryOutside(asks, folder), []);
  writeFileSync(join(folder, '.env'), "LDAP_BINDPW='wrong'\n");
  assert.equal(
    (await tryOutside(asks, folder)).map(({ refused }) => refused),
    ['LDAP_BINDPW'],
  );
});

test('nobody there, and somebody who knows no StartTLS', async () => {
  for (const encryption of ['ldaps', 'starttls', 'none'] as const)
    assert.match(
      await saidOf('127.0.0.1:1', encryption),
      /^The directory 127\.0\.0\.1 cannot be reached from here at port 1: .*If the stack will run on another computer/,
    );
  const server = createServer((socket) => socket.on('data', () => socket.write('no')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  assert.match(await saidOf(`127.0.0.1:${port}`, 'starttls'), 'does not change to TLS');
  server.close();
});

async function saidOf(server: string, encryption: 'ldaps' | 'starttls' | 'none') {
  const asks = [{ kind: 'directory' as const, server, encryption, ...person }];
  return (await tryOutside(asks, '/nowhere')).map(({ text }) => text).join('\n');
}

function escaped(name: string): string {
  return name.replace(/[()]/g, (one) => `\\${one.charCodeAt(0).toString(16)}`);
}

test.run();
