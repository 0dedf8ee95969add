import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { tryOutside } from '../../src/doctor/outside.ts';
import type { Outside } from '../../src/plan/plan.ts';

const test = suite('servers that sign-in asks, tried before anything is written');

async function said(ask: Outside): Promise<string> {
  return (await tryOutside([ask], '/nowhere')).map(({ text }) => text).join('\n');
}

test('keys of a sign-in service', async () => {
  const rsa = { kty: 'RSA', kid: '1', n: 'x', e: 'AQAB' };
  const answers: Readonly<Record<string, string>> = {
    '/good': JSON.stringify({ keys: [{ kty: 'EC', alg: 'ES256' }, rsa] }),
    '/mixed': JSON.stringify({ keys: [rsa, { kty: 'EC', kid: 'elliptic', alg: 'ES256' }] }),
    '/restless': JSON.stringify({ keys: [rsa] }),
    '/hourly': JSON.stringify({ keys: [rsa] }),
    '/es256': JSON.stringify({ keys: [{ kty: 'EC', kid: '0', alg: 'ES256' }] }),
    '/encryption': JSON.stringify({ keys: [{ ...rsa, use: 'enc' }] }),
    '/page': '<html>',
  };
  const server = createServer(({ url = '' }, response) => {
    response.statusCode = answers[url] ? 200 : 404;
    if (url === '/restless') response.setHeader('cache-control', 'no-cache, max-age=0');
    if (url === '/hourly') response.setHeader('cache-control', 'public, max-age=3600');
    response.end(answers[url]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = (path: string, from = at) => said({ kind: 'keys', url: `${from}${path}` });
  assert.is(await keys('/good'), '');
  assert.is(await keys('/hourly'), '');
  assert.match(await keys('/mixed'), 'not RSA (elliptic)');
  assert.match(await keys('/restless'), 'max-age=0');
  assert.match(await keys('/es256'), 'None of the 1 keys');
  assert.match(await keys('/encryption'), 'RS256 only');
  assert.match(await keys('/page'), 'is no JWKS');
  assert.match(await keys('/gone'), 'it answers 404');
  server.close();
  server.closeAllConnections();
  assert.match(await keys('/good', 'http://127.0.0.1:1'), 'cannot be fetched from here');
});

test.run();
