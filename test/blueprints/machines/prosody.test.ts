import { once } from 'node:events';

import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renderTemplate } from '../../../src/render/template.ts';
import { selfSigned } from '../../../src/secrets/self-signed.ts';
import { templateAt } from '../../../src/template-files.ts';
import { renderedOf } from '../../matrix/stack.ts';
import { must } from '../../programs/command.ts';
import { needs } from '../../programs/needs.ts';
import { type Prosody, startProsody } from '../../prosody/server.ts';
import { FakeStack } from '../operations/stack.ts';

const test = suite('a further bridge and a real prosody');
const real = await needs(test, 'prosody', 'lua5.4', 'root', 'host:keytool');

const auth = 'auth.meet.jitsi';
const password = 'of the bridges';
const stack = await renderedOf({
  domain: 'meet.example.org',
  network: { exposure: 'public', publicAddresses: ['198.51.100.7'] },
  certificates: { source: 'self-signed' },
  machines: 'b1:bridge:198.51.100.8:198.51.100.7',
});
let central: FakeStack;
let prosody: Prosody;
let port: number;
/** What Java would believe: the certificate, out of the store that the bridge gets. */
let anchor: string;

real.before(async () => {
  central = new FakeStack(stack.plan);
  const source = 'machines/files/scripts/trust-store.sh.ejs';
  const script = { path: 'scripts/x.sh', format: 'sh', source, read: templateAt } as const;
  central.write('scripts/trust-store.sh', renderTemplate(script, {}));
  for (const { path, text } of stack.files)
    if (/^(machines|jitsi\/prosody)\//.test(path)) central.write(path, text);
  const { err } = central.run(['up']);
  const store = join(central.path, 'machines/b1/jitsi/jvb/trust.jks');
  const shown = ['-exportcert', '-rfc', '-alias', 'central', '-keystore', store];
  anchor = (await must('keytool', [...shown, '-storepass', 'changeit'])).stdout;
  assert.match(anchor, 'BEGIN CERTIFICATE', err);
  port = await freePort();
  prosody = await startProsody(
    stack,
    { XMPP_PORT: String(port) },
    join(central.path, 'jitsi/prosody'),
  );
  await prosody.accounts(['jvb'], password, auth);
});
real.after(async () => {
  await prosody.stop();
  central.remove();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const place = server.address();
  server.close();
  return typeof place === 'object' && place ? place.port : 0;
}

/** Waits until what a stream says matches; what it has said before is gone. */
function heard(socket: Socket, wanted: RegExp): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk;
      if (!wanted.test(said)) return;
      socket.off('data', listen);
      socket.off('close', closed);
      socket.pause();
      resolve(said);
    };
    const closed = () => reject(new Error(`closed after: ${said}`));
    socket.on('data', listen);
    socket.on('close', closed);
    socket.resume();
  });
}

const header = `<stream:stream to='${auth}' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>`;

/** As a bridge does: STARTTLS on 5222, for the domain of the services; whom it finds there it has to be able to check. */
async function startTls(ca: string): Promise<TLSSocket> {
  const plain = connect(port, '127.0.0.1');
  await once(plain, 'connect');
  plain.write(`<?xml version='1.0'?>${header}`);
  const features = await heard(plain, /<\/stream:features>/);
  assert.match(features, '<starttls');
  assert.not.match(features, '<mechanism>', 'no password goes over the wire in the clear');
  plain.write("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
  await heard(plain, /<proceed/);
  const secure = connectTls({ socket: plain, ca, servername: auth });
  await once(secure, 'secureConnect');
  return secure;
}

real('signs in where the certificate is the one in its store', async () => {
  const secure = await startTls(anchor);
  assert.is(secure.authorized, true);
  secure.write(header);
  await heard(secure, /<\/stream:features>/);
  const words = Buffer.from(`\0jvb\0${password}`).toString('base64');
  secure.write(`<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${words}</auth>`);
  assert.match(await heard(secure, /<(success|failure)/), '<success');
  secure.destroy();
});

real('refuses another certificate than that', async () => {
  const { certificate } = await selfSigned([auth]);
  const refused = await startTls(certificate).then(
    () => 'believed',
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  );
  assert.match(refused, /SELF_SIGNED|UNABLE_TO_VERIFY/);
});

test.run();
