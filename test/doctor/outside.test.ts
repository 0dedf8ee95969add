import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcp } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { tryOutside } from '../../src/doctor/outside.ts';
import type { Outside } from '../../src/plan/plan.ts';
import { startDirectory, type TestDirectory } from '../directory/server.ts';
import { needs } from '../programs/needs.ts';

const test = suite('servers that sign-in asks, tried before anything is written');

/** What is said of one server; a directory's authority is a file in its own folder. */
async function said(ask: Outside, folder = '/nowhere'): Promise<string> {
  return (await tryOutside([ask], folder)).join('\n');
}

const real = await needs(test, ...(['host:slapd', 'host:ldapadd', 'host:openssl'] as const));
let directory: TestDirectory;
real.before(async () => {
  directory = await startDirectory();
});
real.after(() => directory.stop());

for (const encryption of ['ldaps', 'starttls'] as const) {
  const ask = (more: object = {}): Outside => {
    const { host } = new URL(encryption === 'ldaps' ? directory.ldaps : directory.ldap);
    return { kind: 'directory', server: host, encryption, ...more };
  };
  real(`${encryption}: with the authority all is well, and without one it is named`, async () => {
    assert.is(await said(ask({ authority: 'ca.pem' }), directory.folder), '');
    const strange = await said(ask());
    assert.match(strange, 'comes from an authority that is not known here');
    assert.match(strange, '--auth-own-authority');
    const other = await said(ask({ authority: 'cert.pem' }), directory.folder);
    assert.match(other, 'not in jitsi/prosody/ldap-ca.pem');
  });

  real(`${encryption}: an authority that is still to come says nothing yet`, async () =>
    assert.is(await said(ask({ authority: 'missing.pem' }), directory.folder), ''),
  );

  real(`${encryption}: a certificate for another name`, async () => {
    const { port } = new URL(`ldap://${(ask() as { server: string }).server}`);
    const misnamed = await said(
      ask({ server: `localhost:${port}`, authority: 'ca.pem' }),
      directory.folder,
    );
    assert.match(misnamed, 'is for other names (IP Address:127.0.0.1)');
  });
}

real('without encryption only the way there is tried', async () => {
  const { host } = new URL(directory.ldap);
  assert.is(await said({ kind: 'directory', server: host, encryption: 'none' }), '');
});

test('nobody there, and somebody who knows no StartTLS', async () => {
  for (const encryption of ['ldaps', 'starttls', 'none'] as const)
    assert.match(
      await said({ kind: 'directory', server: '127.0.0.1:1', encryption }),
      /^The directory 127\.0\.0\.1 cannot be reached from here at port 1: .*If the stack will run on another computer/,
    );
  const server = createTcp((socket) => socket.on('data', () => socket.write('no')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  assert.match(
    await said({ kind: 'directory', server: `127.0.0.1:${port}`, encryption: 'starttls' }),
    'does not change to TLS',
  );
  server.close();
});

test('keys of a sign-in service', async () => {
  const rsa = { kty: 'RSA', kid: '1', n: 'x', e: 'AQAB' };
  const answers: Readonly<Record<string, string>> = {
    '/good': JSON.stringify({ keys: [{ kty: 'EC', kid: '0', alg: 'ES256' }, rsa] }),
    '/es256': JSON.stringify({ keys: [{ kty: 'EC', kid: '0', alg: 'ES256' }] }),
    '/encryption': JSON.stringify({ keys: [{ ...rsa, use: 'enc' }] }),
    '/page': '<html>',
  };
  const server = createServer(({ url = '' }, response) => {
    response.statusCode = answers[url] ? 200 : 404;
    response.end(answers[url]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = (path: string, from = at) => said({ kind: 'keys', url: `${from}${path}` });
  assert.is(await keys('/good'), '');
  assert.match(await keys('/es256'), 'None of the 1 keys');
  assert.match(await keys('/encryption'), 'RS256 only');
  assert.match(await keys('/page'), 'is no JWKS');
  assert.match(await keys('/gone'), 'it answers 404');
  server.close();
  server.closeAllConnections();
  assert.match(await keys('/good', 'http://127.0.0.1:1'), 'cannot be fetched from here');
});

test.run();
