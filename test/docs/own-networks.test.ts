import { readFileSync, writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { startBehind, startNginx } from '../blueprints/edge/daemons.ts';
import { Running } from '../blueprints/edge/running.ts';
import { needs } from '../programs/needs.ts';
import { wishedIn, wishes } from './wishes.ts';

const page = suite('docs/make-it-yours.md, the page for one’s own networks only');
const test = await needs(page, 'nginx', 'root', 'host:nft');
const [line = ''] = wishedIn(wishes()).nginx;

/** What somebody at 192.0.2.10 gets from a stack with that line. */
async function statusWith(own: string, path: string): Promise<string> {
  const stack = await Running.make({ edge: { proxy: 'nginx' } });
  try {
    const file = `${stack.directory}/nginx/meet.conf`;
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/( +server_name meet.*;\n)/, `$1${own}\n`));
    startBehind(stack);
    await startNginx(stack);
    let seen = '';
    await stack.until(`an answer to ${path}`, async () => {
      const { data } = await stack.ask('request', {
        address: stack.plan.network.addresses.nginx?.ipv4 ?? '',
        name: 'meet.example.org',
        head: `GET ${path} HTTP/1.1\r\nHost: meet.example.org`,
      });
      seen = /^HTTP\/1\.1 (\d+)/.exec(data ?? '')?.[1] ?? '';
      // What is behind may not answer yet.
      return seen !== '' && seen !== '502';
    });
    return seen;
  } finally {
    stack.end();
  }
}

test('somebody from another network gets neither the page nor signalling', async () => {
  assert.is(await statusWith(line, '/'), '403');
  assert.is(await statusWith(line, '/http-bind'), '403');
});

test('somebody from the network that it names gets the page', async () => {
  assert.is(await statusWith(line.replace(/allow \S+;/, 'allow 192.0.2.0/24;'), '/'), '200');
});

page.run();
