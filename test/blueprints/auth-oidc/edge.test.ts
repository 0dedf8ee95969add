import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../../programs/needs.ts';
import { startBehind, startNginx } from '../edge/daemons.ts';
import { client, Running } from '../edge/running.ts';
import { startWeb } from '../edge/web.ts';

const auth = {
  mode: 'oidc',
  provider: 'other',
  providerUrl: 'https://id.example.org',
  clientId: 'jitsi',
};
const paths = ['/oidc/login?room=a', '/oidc/callback?code=a&state=b'];

const direct = suite('auth-oidc: the way to the sign-in, through NGINX');
const test = await needs(direct, 'nginx', 'root', 'host:nft');
let running: Running | undefined;
direct.after(() => running?.end());

test('people come to the service, under their own addresses', async () => {
  running = await Running.make({ auth });
  const stack = running;
  startBehind(stack);
  await startNginx(stack);
  const ask = (path: string, forged = '') =>
    stack.ask('request', {
      address: stack.plan.network.addresses.nginx?.ipv4 ?? '',
      name: 'meet.example.org',
      head: `GET ${path} HTTP/1.1\r\nHost: meet.example.org${forged}`,
    });
  await stack.until('Jitsi', async () => (await ask('/')).data.includes('"port":8000'));
  await stack.until('the service', async () => (await ask('/oidc/')).data.includes('"port":8080'));
  for (const path of paths) {
    const { data } = await ask(path, '\r\nX-Forwarded-For: 6.6.6.6');
    assert.match(data, `"url":"${path}"`);
    assert.match(data, '"port":8080');
    assert.match(data, `"x-forwarded-for":"${client[0]}"`);
  }
  // A room may be called so; and a code is in no log.
  assert.match((await ask('/oidc')).data, '"port":8000');
  assert.not.match(stack.log('nginx'), 'code=a');
});

direct.run();

const external = suite(
  'auth-oidc: the way to the sign-in, through web, as behind HAProxy and other proxies',
);
const real = await needs(external, 'nginx', 'socat', 'root');
let other: Running | undefined;
external.after(() => other?.end());

real('web leads to the service, and to Jitsi as before', async () => {
  other = await Running.make({ edge: { proxy: 'external', flavour: 'nginx' }, auth });
  const stack = other;
  stack.script('prosody', 'prosody', 'stand-in.ts', ['5280']);
  stack.script('oidc', 'oidc', 'stand-in.ts', ['8080']);
  await startWeb(stack);
  const { ipv4 = '' } = stack.plan.network.addresses.web ?? {};
  const ask = (path: string) =>
    stack.ask('plain', {
      address: ipv4,
      port: 8000,
      text: `GET ${path} HTTP/1.0\r\nHost: meet.example.org\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n`,
    });
  const leads = (path: string, port: number) => async () =>
    ((await ask(path)).data ?? '').includes(`"port":${port}`);
  await stack.until('Jitsi', leads('/room', 5280));
  await stack.until('the service', leads('/oidc/login', 8080));
  assert.match((await ask('/oidc')).data ?? '', '"port":5280');
  for (const path of paths) {
    const { data } = await ask(path);
    assert.match(data, `"url":"${path}"`);
    assert.match(data, '"port":8080');
    assert.match(data, `"x-forwarded-for":"${client[0]}"`);
  }
});

external.run();
