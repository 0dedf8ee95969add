import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Answers } from '../../src/answers/answers.ts';
import { hostFirewall } from '../../src/plan/host-firewall.ts';
import type { Endpoint } from '../../src/plan/plan.ts';
import { audienceOf, portName, portRange, portsOf } from '../../src/plan/ports.ts';
import { series } from '../../src/plan/view.ts';
import { answers, feature, plan, service } from './example.ts';

const ports = suite('the port table, read');

type Declared = Omit<Endpoint, 'forward'> & { readonly forward?: false };

const row = (name: string, port: number, more: Partial<Declared> = {}): Declared => ({
  name,
  protocol: 'tcp',
  port,
  from: 'internet',
  service: 'web',
  purpose: name,
  ...more,
});

/** A page in a container, a relay in the host's network, SSH, and what is closed to the world. */
function table(network: Partial<Answers['network']> = {}) {
  const features = [
    feature('one', {
      services: [service('web'), service('relay', { network: 'host' })],
      endpoints: [
        row('https', 443),
        row('relay-media', 50000, {
          protocol: 'udp',
          lastPort: 50199,
          service: 'relay',
          forward: false,
        }),
        row('ssh', 22, { service: 'host', forward: false, administration: true }),
        row('look', 8289, { from: 'host' }),
        row('xmpp', 5222, { from: 'containers' }),
      ],
    }),
  ];
  return plan(features, { network: { ...answers.network, ...network } });
}

const names = (rows: readonly Endpoint[]) => rows.map(({ name }) => name);

ports('each row is open or not, and answered by the server or by a container', () => {
  const read = portsOf(table({ exposure: 'nat', lanAddresses: ['192.168.10.20'] }));
  assert.equal(names(read.open), ['ssh', 'https', 'relay-media']);
  assert.equal(names(read.server), ['ssh', 'relay-media']);
  assert.equal(names(read.published), ['https']);
  assert.equal(names(read.forwarded), ['https']);
  assert.equal(names(read.administration), ['ssh']);
  assert.equal(names(read.local), ['look']);
  assert.equal(names(read.inside), ['xmpp']);
});

ports('behind a router, what it does not forward is the local network’s', () => {
  const audiences = (exposure: Answers['network']['exposure']) => {
    const made = table({ exposure, lanAddresses: exposure === 'nat' ? ['192.168.10.20'] : [] });
    return made.endpoints.map((one) => audienceOf(one, made));
  };
  assert.equal(audiences('public'), ['internet', 'internet', 'internet', 'host', 'containers']);
  assert.equal(audiences('nat'), ['lan', 'internet', 'lan', 'host', 'containers']);
});

ports('a port and a range are spelled for people and for programs', () => {
  const range = { ...row('media', 50000, { protocol: 'udp', lastPort: 50199 }), forward: false };
  assert.is(portName(range), '50000-50199/udp');
  assert.is(portRange(range, ':'), '50000:50199');
  assert.is(portName({ ...row('https', 443), forward: false }), '443/tcp');
});

ports('a firewall on the server lets its owner in first', () => {
  const view = hostFirewall(table(), ':');
  assert.equal(
    view.server.map(({ name, port }) => `${name} ${port}`),
    ['ssh 22', 'relay-media 50000:50199'],
  );
  assert.equal(
    view.containers.map(({ name }) => name),
    ['https'],
  );
  assert.equal(view.administration, { name: 'ssh', port: '22/tcp' });
  assert.is(view.ipv6, false);
});

ports('with IPv6 among the containers, their ports count as the server’s own too', () => {
  const view = hostFirewall(table({ ipv6: true }), ':');
  assert.equal(
    view.server.map(({ name }) => name),
    ['ssh', 'https', 'relay-media'],
  );
  assert.is(view.ipv6, true);
});

ports('a row of values knows where a comma belongs', () => {
  assert.equal(series(['a', 'b']), [
    { value: 'a', further: false },
    { value: 'b', further: true },
  ]);
  assert.equal(series([]), []);
});

ports.run();
