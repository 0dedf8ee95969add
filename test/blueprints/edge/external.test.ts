import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../../programs/needs.ts';
import { proxies, type ReverseProxy } from './proxies.ts';
import { client, Running, server } from './running.ts';
import { startWeb } from './web.ts';

/** Each flavour where it can run: on the server, and in a container that has joined the stack's network. */
const tried = (Object.entries(proxies) as [string, ReverseProxy][]).flatMap(([flavour, proxy]) =>
  (flavour === 'swag' ? ['container'] : ['server', 'container']).map(
    (place) => [flavour, place, proxy] as const,
  ),
);

for (const [flavour, place, proxy] of tried) {
  const external = suite(`the owner’s own ${flavour}, ${place}`);
  const test = await needs(external, proxy.program, 'nginx', 'socat', 'root');
  let running: Running | undefined;
  const stack = () => running as Running;
  const head = 'GET /room HTTP/1.1\r\nHost: meet.example.org';
  const at = (version: 'ipv4' | 'ipv6') => {
    if (place === 'server') return server[version === 'ipv4' ? 0 : 1] ?? '';
    return stack().plan.network.addresses.proxy?.[version] ?? '';
  };
  const page = () => ({ address: at('ipv4'), name: 'meet.example.org' });

  external.after(() => running?.end());

  test('the ready file brings people to the page', async () => {
    running = await Running.make({ edge: { proxy: 'external', flavour, place } });
    stack().script('prosody', 'prosody', 'stand-in.ts', ['5280']);
    await startWeb(stack());
    const certificate = '/etc/letsencrypt/live/meet.example.org';
    mkdirSync(`${stack().directory}/main`);
    writeFileSync(`${stack().directory}/main/main.conf`, proxy.main);
    const pem = (name: string) => readFileSync(`${stack().directory}/certs/${name}.pem`, 'utf8');
    writeFileSync(`${stack().directory}/main/pair.pem`, pem('fullchain') + pem('privkey'));
    const nginxTls = `ssl_certificate ${certificate}/fullchain.pem; ssl_certificate_key ${certificate}/privkey.pem;\n`;
    mkdirSync(`${stack().directory}/swag`);
    writeFileSync(`${stack().directory}/swag/ssl.conf`, nginxTls);
    const node = place === 'server' ? 'server' : 'proxy';
    await stack().start('proxy', node, proxy.program, proxy.args, {
      binds: {
        [certificate]: `${stack().directory}/certs`,
        '/config/nginx': `${stack().directory}/swag`,
        '/proxy': `${stack().directory}/proxy`,
        '/main': `${stack().directory}/main`,
      },
      ...(proxy.through && { through: proxy.through }),
    });
    await stack().until('the page', async () =>
      (await stack().ask('request', { ...page(), head })).data.includes('200 OK'),
    );
  });

  test('web and prosody see the client’s own address, whatever he claims', async () => {
    for (const forged of ['', '\r\nX-Forwarded-For: 6.6.6.6']) {
      const { data } = await stack().ask('request', { ...page(), head: `${head}${forged}` });
      assert.match(data, `"x-forwarded-for":"${client[0]}"`);
      assert.match(data, '"host":"meet.example.org"');
      assert.not.match(data, '6.6.6.6');
    }
    const six = await stack().ask('request', { ...page(), address: at('ipv6'), head });
    assert.match(six.data, `"x-forwarded-for":"${client[1]}"`);
  });

  test('web believes nobody else', async () => {
    const { ipv4 = '' } = stack().plan.network.addresses.web ?? {};
    const text = 'GET / HTTP/1.0\r\nHost: meet.example.org\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n';
    const { data } = await stack().ask('plain', { address: ipv4, port: 8000, text });
    assert.match(data, `"x-forwarded-for":"${client[0]}"`);
  });

  test('a WebSocket gets through and stays', async () => {
    const upgrade = `GET /xmpp-websocket?room=a HTTP/1.1\r\nHost: meet.example.org\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==`;
    const target = { ...page(), protocols: ['http/1.1'], id: 'socket', head: upgrade };
    assert.match((await stack().ask('hold', target)).data, '101 Switching');
    assert.match((await stack().ask('echo', { id: 'socket', text: 'hello' })).data, 'hello');
  });

  test('port 80 redirects to https', async () => {
    const text = 'GET /room HTTP/1.0\r\nHost: meet.example.org\r\n\r\n';
    const { data } = await stack().ask('plain', { address: at('ipv4'), port: 80, text });
    assert.match(data, /^HTTP\/1\.[01] 30[128]/);
    assert.match(data, /^location: https:\/\/meet\.example\.org\/room\r$/im);
  });

  external.run();
}
