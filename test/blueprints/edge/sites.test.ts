import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { selfSigned } from '../../../src/secrets/self-signed.ts';
import { needs } from '../../programs/needs.ts';
import { startBehind, startHaproxy, startMmproxy, startNginx } from './daemons.ts';
import { client, Running } from './running.ts';

const relay = { mode: 'coturn', domain: 'turn.example.org' };
const edges = {
  'NGINX alone': { edge: { proxy: 'nginx' } },
  'NGINX, shared 443': { edge: { proxy: 'nginx' }, turn: { ...relay, share443: true } },
  'HAProxy, PROXY header': { edge: { proxy: 'haproxy' } },
  'HAProxy, go-mmproxy': { edge: { proxy: 'haproxy', clientAddress: 'go-mmproxy' } },
};

for (const [title, answers] of Object.entries(edges)) {
  const sites = suite(`an owner’s further site, ${title}`);
  const test = await needs(sites, 'haproxy', 'nginx', 'go-mmproxy', 'root', 'host:nft');
  let running: Running | undefined;
  const stack = () => running as Running;
  const door = answers.edge.proxy;
  const at = (version: 'ipv4' | 'ipv6' = 'ipv4') =>
    stack().plan.network.addresses[door]?.[version] ?? '';
  const answer = (name: string, version?: 'ipv4' | 'ipv6') =>
    stack().ask('request', {
      address: at(version),
      name,
      head: `GET /blog HTTP/1.1\r\nHost: ${name}`,
    });

  sites.after(() => running?.end());

  test('the example in nginx/sites/README.md is served beside the meetings', async () => {
    running = await Running.make(answers);
    const { directory } = stack();
    const example = readFileSync(`${directory}/nginx/sites/README.md`, 'utf8');
    const site = /```nginx\n([\s\S]*?)```/.exec(example)?.[1] ?? '';
    writeFileSync(`${directory}/nginx/sites/www.conf`, site);
    mkdirSync(`${directory}/certs/www`);
    const pair = await selfSigned(['www.example.org']);
    writeFileSync(`${directory}/certs/www/fullchain.pem`, pair.certificate);
    writeFileSync(`${directory}/certs/www/privkey.pem`, pair.key);
    stack().script('site', 'server', 'stand-in.ts', ['3000']);
    if (door === 'haproxy') await startHaproxy(stack());
    startBehind(stack());
    if (stack().plan.services.some((service) => service.name === 'go-mmproxy')) {
      await startMmproxy(stack(), 'go-mmproxy');
    }
    await startNginx(stack());
    await stack().until('the site', async () =>
      (await answer('www.example.org')).data.includes('"url":"/blog"'),
    );
    assert.is((await answer('www.example.org')).certificate, 'www.example.org');
    assert.is((await answer('meet.example.org')).certificate, 'meet.example.org');
  });

  test('its log has the clients’ own addresses', async () => {
    assert.match((await answer('www.example.org', 'ipv6')).data, '200 OK');
    for (const own of client) {
      await stack().until(own, () => stack().log('nginx').includes(`${own} - [`));
    }
  });

  sites.run();
}
