import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { must } from '../programs/command.ts';
import { needs } from '../programs/needs.ts';
import {
  certificateOf,
  echo,
  openSocket,
  overHttp,
  overHttp2,
  overHttps,
  type Seen,
} from './browser.ts';
import { client, enterOwnNetwork, server } from './network.ts';
import { domain, relay, type Server, startServer } from './server.ts';

enterOwnNetwork();
const edge = suite('the edge, started for real');
const test = await needs(edge, 'root', 'host:nft', 'nginx', 'turnserver', 'host:openssl');
let running: Server;
test.before(async () => {
  running = await startServer();
});

const seenIn = (body: string): Seen => JSON.parse(body);

test('the page comes through over HTTPS, with the visitor’s address and host', async () => {
  const { status, body } = await overHttps({ path: '/room?jwt=1' });
  assert.is(status, 200);
  const { name, url, headers } = seenIn(body);
  assert.is(name, 'web');
  assert.is(url, '/room?jwt=1');
  assert.is(headers.host, domain);
  assert.is(headers['x-forwarded-for'], client.ipv4);
  assert.is(headers['x-forwarded-proto'], 'https');
});

test('a forged address is not passed on', async () => {
  const forged = { 'X-Forwarded-For': '6.6.6.6', 'X-Real-IP': '6.6.6.6' };
  for (const path of ['/', '/http-bind']) {
    const { headers } = seenIn((await overHttps({ path, headers: forged })).body);
    assert.is(headers['x-forwarded-for'], client.ipv4, path);
    assert.not.match(JSON.stringify(headers), /6\.6\.6\.6/, path);
  }
});

test('over IPv6 as well', async () => {
  const { status, body } = await overHttps({ address: server.ipv6 });
  assert.is(status, 200);
  assert.is(seenIn(body).headers['x-forwarded-for'], client.ipv6);
});

test('HTTP/2 is negotiated', async () => {
  const { status, body } = await overHttp2('/room');
  assert.is(status, 200);
  assert.is(seenIn(body).url, '/room');
});

test('headers protect visitors and let the page be embedded', async () => {
  const { headers } = await overHttps();
  assert.match(headers['strict-transport-security'] ?? '', /^max-age=\d{6,}/);
  assert.is(headers['x-content-type-options'], 'nosniff');
  assert.is(headers['x-frame-options'], undefined);
  assert.not.match(String(headers.server), /\d/);
});

test('nothing but a WebSocket is upgraded', async () => {
  for (const upgrade of ['h2c', 'TLS/1.0', 'websocket-not'])
    for (const path of ['/', '/xmpp-websocket']) {
      const sent = { Upgrade: upgrade, Connection: 'Upgrade' };
      const { headers } = seenIn((await overHttps({ path, headers: sent })).body);
      assert.is(headers.upgrade, undefined, `${upgrade} at ${path}`);
      assert.not.match(String(headers.connection), /upgrade/i);
    }
});

test('a WebSocket reaches prosody under its own host name', async () => {
  const { socket, seen } = await openSocket('/xmpp-websocket?room=a', {
    'X-Forwarded-For': '6.6.6.6',
  });
  assert.is(seen.name, 'prosody');
  assert.is(seen.headers.host, 'meet.jitsi');
  assert.is(seen.headers['x-forwarded-for'], client.ipv4);
  assert.match(seen.url, /[?&]room=a/);
  assert.is(await echo(socket, 'hello'), 'echo hello');
  socket.terminate();
});

test('a tenant’s WebSocket and BOSH go to prosody too, with the tenant as prefix', async () => {
  const { socket, seen } = await openSocket('/tenant/xmpp-websocket?room=a');
  assert.match(seen.url, /^\/xmpp-websocket\?prefix=tenant&room=a$/);
  assert.is(seen.headers.host, 'meet.jitsi');
  socket.terminate();
  const { body } = await overHttps({ path: '/tenant/http-bind?room=a', method: 'POST', body: 'x' });
  assert.match(seenIn(body).url, /^\/http-bind\?prefix=tenant&room=a$/);
});

test('BOSH requests arrive whole', async () => {
  const body = `<body rid='1'>${'x'.repeat(20_000)}</body>`;
  const { status, body: text } = await overHttps({ path: '/http-bind', method: 'POST', body });
  const seen = seenIn(text);
  assert.is(status, 200);
  assert.is(seen.name, 'prosody');
  assert.is(seen.method, 'POST');
  assert.is(seen.headers.host, 'meet.jitsi');
  assert.is(seen.body, body);
});

test('plain HTTP is redirected to the fixed name, whatever the Host header says', async () => {
  const { status, headers } = await overHttp({ path: '/room?x=1', host: 'evil.example' });
  assert.is(status, 301);
  assert.is(headers.location, `https://${domain}/room?x=1`);
});

test('an ACME challenge is answered over plain HTTP', async () => {
  const folder = join(running.stack, 'data/acme-challenge/.well-known/acme-challenge');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'token'), 'token.thumbprint');
  const { status, body } = await overHttp({ path: '/.well-known/acme-challenge/token' });
  assert.is(status, 200);
  assert.is(body, 'token.thumbprint');
  const other = await overHttp({ path: '/.well-known/acme-challenge/other' });
  assert.is(other.status, 404);
});

test('unknown names are shown no certificate', async () => {
  for (const name of ['evil.example', relay, undefined]) {
    let shown = '';
    try {
      shown = JSON.stringify((await certificateOf(name)).subject);
    } catch {}
    assert.is(shown, '', `${name}`);
  }
  assert.match(JSON.stringify((await certificateOf(domain)).subjectaltname), new RegExp(relay));
});

test('a replaced certificate is served by both, and nobody is thrown out', async () => {
  const { socket } = await openSocket('/xmpp-websocket');
  const before = await certificateOf(domain);
  const certs = join(running.stack, 'certs');
  await must('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...['-subj', `/CN=${domain}`, '-days', '2'],
    ...['-keyout', join(certs, 'new.key'), '-out', join(certs, 'new.crt')],
  ]);
  await must('chown', ['1000:1000', join(certs, 'new.key'), join(certs, 'new.crt')]);
  renameSync(join(certs, 'new.key'), join(certs, 'privkey.pem'));
  renameSync(join(certs, 'new.crt'), join(certs, 'fullchain.pem'));
  const fresh = new Set<number>();
  for (const started = Date.now(); fresh.size < 2 && Date.now() - started < 45_000; ) {
    for (const port of [443, 5349]) {
      const { serialNumber } = await certificateOf(domain, port);
      if (serialNumber !== before.serialNumber) fresh.add(port);
    }
    await new Promise((wake) => setTimeout(wake, 500));
  }
  assert.equal([...fresh].sort(), [443, 5349], `${running.log('nginx')}\n${running.log('coturn')}`);
  assert.is(await echo(socket, 'still here'), 'echo still here');
  socket.terminate();
});

// What was started for them does not end by itself.
edge.after(() => {
  setTimeout(() => process.exit(), 100).unref();
});
edge.run();
