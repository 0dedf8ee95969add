import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { must } from '../../programs/command.ts';
import { needs } from '../../programs/needs.ts';
import { startBehind, startCoturn, startHaproxy, startNginx } from './daemons.ts';
import { Running } from './running.ts';

const numbers = suite('numbers of the edge for a monitoring');
const test = await needs(numbers, 'haproxy', 'nginx', 'turnserver', 'root', 'host:nft');
let running: Running | undefined;
const stack = () => running as Running;
numbers.after(() => running?.end());

/** What a node of the containers’ network gets from another one; its code and text. */
async function read(from: string, of: string, port: number): Promise<string> {
  const { network } = stack().plan;
  const url = `http://${network.addresses[of]?.ipv4}:${port}/metrics`;
  const curl = ['curl', '-s', '-m', '10', '-w', ' code %{http_code}', url];
  const inside = `--net=${stack().network.path(from)}`;
  return (await must('nsenter', [inside, '--', ...curl])).output;
}

test('NGINX and HAProxy tell them to the containers’ network', async () => {
  running = await Running.make({
    edge: { proxy: 'haproxy' },
    host: { memory: 8192 },
    extras: ['monitoring'],
  });
  startBehind(stack());
  await startNginx(stack());
  await startHaproxy(stack());
  await stack().until('NGINX', async () =>
    (await read('prometheus', 'nginx', 8091).catch(() => '')).includes('code 200'),
  );
  assert.match(await read('prometheus', 'nginx', 8091), /^nginx_connections_active \d+$/m);
  await stack().until('HAProxy', async () =>
    (await read('prometheus', 'haproxy', 8406).catch(() => '')).includes('code 200'),
  );
  const told = await read('prometheus', 'haproxy', 8406);
  assert.match(told, /^haproxy_frontend_current_sessions\{proxy="tls"\} \d+$/m);
});

test('and to nobody else: who comes with another address is refused', async () => {
  const at = (name: string) => stack().plan.network.addresses[name]?.ipv4 ?? '';
  for (const [name, port] of [
    ['nginx', 8091],
    ['haproxy', 8406],
  ] as const) {
    const curl = [
      'curl',
      '-s',
      '-m',
      '10',
      '-w',
      ' code %{http_code}',
      '--interface',
      '198.18.0.1',
    ];
    const words = [...curl, `http://${at(name)}:${port}/metrics`];
    const inside = [`--net=${stack().network.path(name)}`, '--'];
    await must('nsenter', [...inside, 'ip', 'address', 'add', '198.18.0.1/32', 'dev', 'lo']);
    const { output } = await must('nsenter', [...inside, ...words]);
    assert.match(output, /code 403$/);
  }
});

test('the page does not lead to them', async () => {
  const asked = {
    address: stack().plan.network.addresses.haproxy?.ipv4 ?? '',
    name: 'meet.example.org',
  };
  const head = 'GET /metrics HTTP/1.1\r\nHost: meet.example.org';
  const { data } = await stack().ask('request', { ...asked, head });
  assert.match(data, '"url":"/metrics"');
  assert.not.match(data, 'connections_active');
});

test('a relay that knows nothing of numbers starts all the same', async () => {
  await startCoturn(stack());
  await stack().until('the relay', async () => {
    const target = {
      address: stack().plan.network.addresses.haproxy?.ipv4 ?? '',
      name: 'turn.example.org',
    };
    return (await stack().ask('stun', target)).relay === true;
  });
});

numbers.run();
