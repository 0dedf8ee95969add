import { writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { must } from '../../programs/command.ts';
import { needs } from '../../programs/needs.ts';
import { sharedDoor } from './cases.ts';
import { startBehind, startCoturn, startHaproxy, startMmproxy, startNginx } from './daemons.ts';
import { client, Running } from './running.ts';

for (const clientAddress of ['proxy-protocol', 'go-mmproxy'] as const) {
  const haproxy = suite(`HAProxy, ${clientAddress}`);
  const programs = [
    'haproxy',
    'nginx',
    'turnserver',
    'go-mmproxy',
    'root',
    'host:nft',
    'host:pgrep',
  ] as const;
  const test = await needs(haproxy, ...programs);
  let running: Running | undefined;
  const stack = () => running as Running;
  const address = () => stack().plan.network.addresses.haproxy?.ipv4 ?? '';
  const page = { name: 'meet.example.org', head: 'GET / HTTP/1.1\r\nHost: meet.example.org' };

  haproxy.after(() => running?.end());

  test('it starts while everything behind it is down', async () => {
    running = await Running.make({ edge: { proxy: 'haproxy', clientAddress } });
    await startHaproxy(stack());
    await stack().until('HAProxy listens', async () => {
      const { data } = await stack().ask('plain', {
        address: address(),
        text: 'GET / HTTP/1.0\r\n\r\n',
      });
      return data === '' && stack().log('haproxy').includes('tls/');
    });
  });

  test('and finds what has come up', async () => {
    startBehind(stack());
    const direct = clientAddress === 'proxy-protocol';
    if (!direct) await startMmproxy(stack(), 'go-mmproxy');
    await startNginx(stack());
    await startCoturn(stack());
    await stack().until('the page', async () =>
      (await stack().ask('request', { address: address(), ...page })).data.includes('200 OK'),
    );
    await stack().until('the relay', async () => {
      const target = { address: address(), name: 'turn.example.org' };
      return (await stack().ask('stun', target)).relay === true;
    });
  });

  test('the containers’ health checks hold', async () => {
    for (const { name, network, healthcheck } of stack().plan.services) {
      if (!['haproxy', 'go-mmproxy', 'nginx'].includes(name)) continue;
      const [kind, ...words] = healthcheck?.test ?? [];
      const node = network.startsWith('service:') ? network.slice('service:'.length) : name;
      await must('nsenter', [
        `--net=${stack().network.path(node)}`,
        '--',
        ...(kind === 'CMD' ? words : ['sh', '-c', ...words]),
      ]);
    }
  });

  sharedDoor(test, stack, 'haproxy');

  test('plain text is cut off at once', async () => {
    const text = 'GET / HTTP/1.1\r\nHost: meet.example.org\r\n\r\n';
    const { data, after } = await stack().ask('plain', { address: address(), text });
    assert.is(data, '');
    assert.ok(after < 2000, `${after} ms`);
  });

  test('NGINX’s log has the client’s own address', () => {
    assert.match(stack().log('nginx'), `${client[0]} - [`);
    assert.match(stack().log('nginx'), `${client[1]} - [`);
  });

  test('nobody else’s PROXY header is believed', async () => {
    const { ipv4 = '' } = stack().plan.network.addresses.nginx ?? {};
    const ahead = 'PROXY TCP4 6.6.6.6 192.0.2.1 1234 443\r\n';
    for (const port of clientAddress === 'proxy-protocol' ? [4443] : [4444, 4445]) {
      const { data } = await stack().ask('request', { address: ipv4, port, ahead, ...page });
      assert.not.match(data, '6.6.6.6');
      assert.not.match(stack().log('nginx'), '6.6.6.6');
    }
  });

  test('the owner’s further names come without an edit of haproxy.cfg, and a reload keeps tunnels', async () => {
    const head = 'GET /xmpp-websocket HTTP/1.1\r\nHost: meet.example.org';
    await stack().ask('hold', { address: address(), ...page, head, id: 'tunnel' });
    const sites = `${stack().directory}/haproxy/sites`;
    writeFileSync(`${sites}/names.map`, 'relay.example.org mail\n');
    writeFileSync(`${sites}/mail.cfg`, 'backend mail\n    server mail 192.0.2.1:5349\n');
    await must('sh', ['-c', `kill -USR2 $(pgrep -P ${stack().child('haproxy').pid})`]);
    await stack().until('the new name', async () => {
      const target = { address: address(), name: 'Relay.example.org' };
      return (await stack().ask('stun', target)).relay === true;
    });
    assert.match(
      (await stack().ask('echo', { id: 'tunnel', text: 'still here' })).data,
      'still here',
    );
  });

  if (clientAddress === 'go-mmproxy') {
    test('without go-mmproxy people still get in, under their own addresses', async () => {
      stack().child('go-mmproxy').kill('SIGKILL');
      await stack().until('the page without it', async () =>
        (await stack().ask('request', { address: address(), ...page })).data.includes('200 OK'),
      );
      const { data } = await stack().ask('request', { address: address(), ...page });
      assert.match(data, `"x-forwarded-for":"${client[0]}"`);
    });
  }

  haproxy.run();
}
