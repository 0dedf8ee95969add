import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../../programs/needs.ts';
import { throughDoctor } from './cases.ts';
import { startBehind, startCoturn, startHaproxy, startMmproxy, startNginx } from './daemons.ts';
import { startBridge, throughRelay } from './relay.ts';
import { client, Running } from './running.ts';

for (const proxy of ['haproxy', 'nginx'] as const) {
  const relay = suite(`coTURN sees the clients’ own addresses, ${proxy}`);
  const test = await needs(
    relay,
    'haproxy',
    'nginx',
    'turnserver',
    'go-mmproxy',
    'root',
    'host:nft',
  );
  let running: Running | undefined;
  const stack = () => running as Running;
  const at = (service: string, version: 'ipv4' | 'ipv6' = 'ipv4') =>
    stack().plan.network.addresses[service]?.[version] ?? '';
  const stun = (address: string) => stack().ask('stun', { address, name: 'turn.example.org' });

  relay.after(() => running?.end());

  test('it comes up', async () => {
    const turn = { mode: 'coturn', domain: 'turn.example.org', share443: true };
    running = await Running.make({
      edge: { proxy },
      turn: { ...turn, clientAddress: 'go-mmproxy' },
    });
    await startCoturn(stack());
    await startCoturn(stack(), 'coturn-443', 'coturn-443');
    await startMmproxy(stack(), 'relay-go-mmproxy');
    startBehind(stack());
    await startNginx(stack());
    if (proxy === 'haproxy') await startHaproxy(stack());
    await startBridge(stack());
    // The other relay answers until this one does.
    await stack().until('the relay', async () => (await stun(at(proxy))).seen === client[0]);
  });

  test('through 443 alone a client reaches the bridge, and no private address', async () => {
    await stack().until('the bridge', async () =>
      /tot_send_msgs=5, tot_recv_msgs=5\b/.test(await throughRelay(stack(), at(proxy), at('jvb'))),
    );
    assert.match(await throughRelay(stack(), at(proxy), '10.0.0.1'), /403 \(Forbidden IP\)/);
    assert.match(await throughRelay(stack(), at(proxy), at('web')), /403 \(Forbidden IP\)/);
  });

  test('a client is told its own address, not the edge’s', async () => {
    assert.is((await stun(at(proxy))).seen, client[0]);
    const six = (client[1] ?? '').replace('::', ':0:0:0:0:');
    assert.is((await stun(at(proxy, 'ipv6'))).seen, six);
  });

  test('the page is reached as before', async () => {
    const head = 'GET / HTTP/1.1\r\nHost: meet.example.org';
    const target = { address: at(proxy), name: 'meet.example.org', head };
    assert.match((await stack().ask('request', target)).data, `"x-forwarded-for":"${client[0]}"`);
  });

  test('nobody else’s PROXY header is believed', async () => {
    const ahead = 'PROXY TCP4 6.6.6.6 192.0.2.1 1234 443\r\n';
    const target = { address: at('coturn-443'), port: 4444, ahead, name: 'turn.example.org' };
    assert.is.not((await stack().ask('stun', target)).relay, true);
    assert.not.match(stack().log('coturn-443'), '6.6.6.6');
  });

  throughDoctor(test, stack, proxy);

  test('without go-mmproxy the relay is still reached', async () => {
    stack().child('relay-go-mmproxy').kill('SIGKILL');
    await stack().until('the other relay', async () => (await stun(at(proxy))).relay === true);
  });

  relay.run();
}
