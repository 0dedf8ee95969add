import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  base,
  bindDn,
  bindPassword,
  group,
  startDirectory,
  type TestDirectory,
} from '../../directory/server.ts';
import * as xmpp from '../../lab/probes/xmpp.ts';
import { renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';
import { type Prosody, startProsody } from '../../prosody/server.ts';

/** All of it real: prosody, Cyrus SASL, saslauthd, slapd. Only how prosody is configured is as Jitsi's image was seen to do it. */
const test = suite('auth-ldap: people of a real directory sign in to a real prosody');
const real = await needs(
  test,
  ...(['prosody', 'lua5.4', 'root', 'host:slapd', 'host:ldapadd', 'host:openssl'] as const),
);
let directory: TestDirectory;
const running: Prosody[] = [];
real.before(async () => {
  directory = await startDirectory();
});
real.after(async () => {
  await Promise.all(running.map((prosody) => prosody.stop()));
  await directory.stop();
});

/** The prosody of a stack that asks the directory, and believes a certificate by what stands in this file. */
async function asking(change: object, authority = directory.authority): Promise<Prosody> {
  const { encryption = 'ldaps' } = change as { encryption?: string };
  const address = encryption === 'ldaps' ? directory.ldaps : directory.ldap;
  const stack = await renderedOf({
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses: ['198.51.100.7'] },
    certificates: { source: 'self-signed' },
    auth: {
      ...{ mode: 'ldap', servers: new URL(address).host, ownAuthority: true, base, bindDn },
      ...change,
    },
  });
  const config = join(directory.folder, `config-${running.length}`);
  mkdirSync(config);
  copyFileSync(authority, join(config, 'ldap-ca.pem'));
  const prosody = await startProsody(stack, { LDAP_BINDPW: bindPassword }, config);
  running.push(prosody);
  return prosody;
}

async function signsIn(prosody: Prosody, username: string, password: string): Promise<string> {
  try {
    await xmpp.login(username, { url: prosody.url, domain: 'meet.jitsi', username, password });
    return 'in';
  } catch (error) {
    return (error as { condition?: string }).condition ?? String(error);
  } finally {
    await xmpp.leave(username);
  }
}

for (const encryption of ['ldaps', 'starttls'])
  real(`over ${encryption}: the right password, and nothing else`, async () => {
    const prosody = await asking({ encryption });
    assert.is(await signsIn(prosody, 'ada', 'lovelace'), 'in');
    assert.is(await signsIn(prosody, 'ada', 'wrong'), 'not-authorized');
    assert.is(await signsIn(prosody, 'nobody', 'lovelace'), 'not-authorized');
    assert.is(await signsIn(prosody, '*', 'lovelace'), 'not-authorized', 'a name is no pattern');
  });

for (const encryption of ['ldaps', 'starttls'])
  real(`over ${encryption}: a certificate of another authority shuts everybody out`, async () => {
    const prosody = await asking({ encryption }, '/etc/ssl/certs/ca-certificates.crt');
    assert.is(await signsIn(prosody, 'ada', 'lovelace'), 'not-authorized');
  });

real('only members of the group, whatever brackets its name has', async () => {
  const prosody = await asking({ group });
  assert.is(await signsIn(prosody, 'ada', 'lovelace'), 'in');
  assert.is(await signsIn(prosody, 'bob', 'builder'), 'not-authorized');
});

/** Last, because the directory is gone then. */
real('a dead directory lets in only whoever signed in before, and prosody goes on', async () => {
  const prosody = await asking({});
  assert.is(await signsIn(prosody, 'ada', 'lovelace'), 'in');
  await directory.halt();
  assert.is(await signsIn(prosody, 'bob', 'builder'), 'not-authorized');
  assert.is(await signsIn(prosody, 'ada', 'lovelace'), 'in', 'remembered for eight hours');
  assert.is(await signsIn(prosody, 'ada', 'wrong'), 'not-authorized');
  const health = await fetch(prosody.url.replace(/^ws(.*)\/[^/]*$/, 'http$1/health'));
  assert.is(health.status, 200);
});

real.run();
