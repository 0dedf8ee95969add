import { once } from 'node:events';
import { connect } from 'node:tls';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../programs/needs.ts';
import { enterOwnNetwork, server } from './network.ts';
import { addresses, type Server, startServer } from './server.ts';
import { allocate, credentialFor } from './turn.ts';

enterOwnNetwork();
const long = suite('names of 253 characters, in use');
const test = await needs(long, 'root', 'host:nft', 'nginx', 'turnserver');

const label = (letter: string, length = 63) => letter.repeat(length);
const nameOf = (letter: string) =>
  [label(letter), label('b'), label('c'), label('d', 53), 'example'].join('.');
// As long as an authority's client can keep a certificate under, and the longest that there is.
const names = { domain: nameOf('m').slice(9), relay: nameOf('t') };
let running: Server;
test.before(async () => {
  running = await startServer({ names });
});

test('the page is served under one, with the certificate that was made for it', async () => {
  const socket = connect({
    host: server.ipv4,
    port: 443,
    servername: names.domain,
    rejectUnauthorized: false,
  });
  await once(socket, 'secureConnect');
  const { subjectaltname } = socket.getPeerCertificate();
  socket.write(`GET / HTTP/1.1\r\nHost: ${names.domain}\r\nConnection: close\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += chunk;
  assert.match(text, /^HTTP\/1\.1 200/);
  assert.is(subjectaltname, `DNS:${names.domain}, DNS:${names.relay}`);
});

for (const transport of ['udp', 'tcp', 'tls'] as const) {
  test(`the relay carries media over ${transport} under the other`, async () => {
    const made = await allocate(transport, credentialFor(running.turnSecret));
    if (typeof made === 'number') throw new Error(`no relay: ${made}\n${running.log('coturn')}`);
    assert.is(await made.permit(addresses.bridge), 0);
    assert.is(await made.echo(addresses.bridge, 10000, 'picture'), 'picture');
    made.close();
  });
}

// What was started for them does not end by itself.
long.after(() => {
  setTimeout(() => process.exit(), 100).unref();
});
long.run();
