import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../../programs/needs.ts';
import { sharedDoor } from './cases.ts';
import { startBehind, startCoturn, startNginx } from './daemons.ts';
import { client, Running } from './running.ts';

const stream = suite('NGINX shares 443 with the relay');
const test = await needs(stream, 'nginx', 'turnserver', 'socat', 'root', 'host:nft');
let running: Running | undefined;
const stack = () => running as Running;
const address = () => stack().plan.network.addresses.nginx?.ipv4 ?? '';

stream.after(() => running?.end());

test('it comes up', async () => {
  running = await Running.make({
    edge: { proxy: 'nginx' },
    turn: { mode: 'coturn', domain: 'turn.example.org', share443: true },
  });
  startBehind(stack());
  await startNginx(stack());
  await startCoturn(stack());
  await stack().until('the page', async () => {
    const target = { address: address(), name: 'meet.example.org' };
    const head = 'GET / HTTP/1.1\r\nHost: meet.example.org';
    return (await stack().ask('request', { ...target, head })).data.includes('200 OK');
  });
  await stack().until('the relay', async () => {
    const target = { address: address(), name: 'turn.example.org' };
    return (await stack().ask('stun', target)).relay === true;
  });
});

sharedDoor(test, stack, 'nginx');

test('the site’s log has the client’s own address', () => {
  for (const own of client) assert.match(stack().log('nginx'), `${own} - [`);
});

stream.run();
