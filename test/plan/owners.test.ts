import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Endpoint } from '../../src/plan/plan.ts';
import { feature, plan, service } from './example.ts';

const owners = suite('one owner for everything');

const both = (blueprints: Parameters<typeof plan>[0], templates?: Record<string, string[]>) => {
  let message = '';
  try {
    plan(blueprints, {}, templates);
  } catch (error) {
    message = (error as Error).message;
  }
  assert.match(message, /\bone\b/, 'the first owner is named');
  assert.match(message, /\btwo\b/, 'the second owner is named');
  return message;
};

const port = (more: Partial<Omit<Endpoint, 'forward'>> = {}) => ({
  name: 'p',
  protocol: 'tcp' as const,
  port: 80,
  from: 'internet' as const,
  service: 'a',
  purpose: 'p',
  ...more,
});
const withPort = (id: string, more?: Parameters<typeof port>[0]) =>
  feature(id, { endpoints: [port(more)] });

owners('a service of two features is refused, and both are named', () => {
  const contribution = { services: [service('web')] };
  assert.match(both([feature('one', contribution), feature('two', contribution)]), /“web”/);
});

owners('a port of the host, whatever it is called', () => {
  assert.match(
    both([withPort('one'), withPort('two', { name: 'q', service: 'b' })]),
    /tcp 80.*same port/,
  );
  assert.match(both([withPort('one'), withPort('two', { from: 'host' })]), /tcp 80/);
});

owners('a port that an answer decides is said in the words of that answer', () => {
  const ssh = feature('one', {
    endpoints: [{ ...port({ port: 443, purpose: 'Administration' }), answer: 'network.sshPort' }],
  });
  const page = withPort('two', { port: 443, purpose: 'Page' });
  for (const features of [
    [ssh, page],
    [page, ssh],
  ]) {
    const said =
      'network.sshPort: TCP port 443 is taken: “Page”. .*“Administration” .*another port';
    assert.throws(() => plan(features), new RegExp(said));
    assert.throws(() => plan(features), /^(?!.*\b(one|two|blueprint)\b)/);
  }
});

owners('a port inside another feature’s range is refused, and both are named', () => {
  both([
    withPort('one', { protocol: 'udp', port: 50000, lastPort: 50199 }),
    withPort('two', { protocol: 'udp', port: 50100 }),
  ]);
});

owners('the same number is free for the other protocol and in another container', () => {
  plan([withPort('one'), withPort('two', { protocol: 'udp' })]);
  plan([
    withPort('one', { from: 'containers' }),
    withPort('two', { from: 'containers', service: 'b' }),
  ]);
});

owners('a file of two features is refused, and both are named', () => {
  const files = { one: ['nginx/a.md'], two: ['nginx/a.md'] };
  assert.match(both([feature('one', {}), feature('two', {})], files), /nginx\/a\.md/);
});

const directory = (path: string, owner: number | 'image' = 1000) => ({
  directories: [{ path, owner, mode: '0750', about: path }],
});

owners('a directory of two features is refused, and both are named', () => {
  const pads = directory('data/pads');
  assert.match(both([feature('one', pads), feature('two', pads)]), /“data\/pads”/);
});

owners('a directory in one of another user’s, or outside data/, is refused', () => {
  const pads = feature('one', directory('data/pads', 5001));
  plan([
    feature('one', directory('data/notes')),
    feature('two', directory('data/notes/old', 5001)),
  ]);
  for (const owner of [1000, 5001, 'image'] as const)
    assert.throws(
      () => plan([pads, feature('two', directory('data/pads/old', owner))]),
      /data\/pads\/old lies in data\/pads, which belongs to another user/,
    );
  assert.throws(() => plan([feature('one', directory('pads'))]), /pads is not below data\//);
});

owners('a template for a file that is made from data is refused', () => {
  assert.throws(
    () =>
      plan([feature('one', {}, { formats: { '*.yaml': 'lines' } })], {}, { one: ['compose.yaml'] }),
    /compose\.yaml.*one/,
  );
});

owners('a variable of two features is refused, and both are named', () => {
  const environment = { web: { TZ: 'UTC' } };
  assert.match(both([feature('one', { environment }), feature('two', { environment })]), /web TZ/);
  const other = feature('two', { environment: { jvb: { TZ: 'UTC' } } });
  plan([feature('one', { environment }), other]);
});

owners('an address in the containers’ network', () => {
  const message = both([
    feature('one', {}, { addresses: { web: 11 } }),
    feature('two', {}, { addresses: { jvb: 11 } }),
  ]);
  assert.match(message, /11/);
});

owners('a secret of two features is refused, and both are named', () => {
  const secrets = [{ name: 'TOKEN', about: 'x' }];
  both([feature('one', { secrets }), feature('two', { secrets })]);
});

owners('a route of two features is refused, and both are named', () => {
  const routes = [{ path: '/', kind: 'page' as const, service: 'web', port: 80 }];
  both([feature('one', { routes }), feature('two', { routes })]);
});

owners('traits of a file that is no template are a defect', () => {
  const traits = { files: { 'nginx/gone.conf': { seeded: true } as const } };
  assert.throws(
    () => plan([feature('one', traits)]),
    /one has no template for “nginx\/gone\.conf”/,
  );
});

owners('who reads the certificate says how it is told of a new one', () => {
  const certificate = { consumers: ['pads'] };
  const reload = { signal: 'HUP', rereads: 'certificate' } as const;
  const services = [service('pads')];
  assert.throws(() => plan([feature('one', { certificate, services })]), /“pads” reads the cert/);
  plan([feature('one', { certificate, services: [service('pads', { reload })] })]);
});

owners('an address that nobody has cannot be asked for', () => {
  const asks = feature('one', ({ address }) => ({ services: [service(address('web').ipv4)] }));
  assert.throws(() => plan([asks]), /one asks for the address of “web”/);
});

owners.run();
