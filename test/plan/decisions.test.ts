import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Answers } from '../../src/answers/answers.ts';
import { answers, feature, plan, service } from './example.ts';

const decisions = suite('decisions of the plan');

const memoryOf = (total: number, part: number, least: number, most: number) =>
  plan(
    [
      feature('one', ({ memory }) => ({
        services: [service('a', { memory: memory(part, least, most) })],
      })),
    ],
    {
      host: {
        here: undefined,
        cloneFrom: undefined,
        people: undefined,
        memory: total,
        timezone: 'UTC',
      },
    },
  ).services[0]?.memory;

const network = (changes: Partial<Answers['network']>) => ({
  network: { ...answers.network, ...changes },
});

decisions('memory is a part of the server’s, within bounds, in steps of 16', () => {
  assert.is(memoryOf(4096, 0.25, 128, 2048), 1024);
  assert.is(memoryOf(1024, 0.05, 128, 512), 128);
  assert.is(memoryOf(262_144, 0.3, 384, 3072), 3072);
  assert.is(memoryOf(5000, 0.1, 128, 2048), 496);
});

decisions('fixed addresses lie outside of what Docker hands out', () => {
  const claims = feature('one', {}, { addresses: { nginx: 10, jvb: 14 } });
  const made = plan([claims]).network;
  assert.equal(made.addresses, { nginx: { ipv4: '172.28.0.10' }, jvb: { ipv4: '172.28.0.14' } });
  assert.is(made.gateway, '172.28.0.1');
  assert.is(made.dynamicRange, '172.28.0.128/25');
  assert.is(made.subnet6, undefined);
});

decisions('larger networks and IPv6 follow the same numbers', () => {
  const claims = feature('one', {}, { addresses: { nginx: 10 } });
  const made = plan(
    [claims],
    network({ subnet: '10.20.0.0/16', ipv6: true, subnet6: 'fd28:6a69:7473::/64' }),
  ).network;
  assert.equal(made.addresses.nginx, { ipv4: '10.20.0.10', ipv6: 'fd28:6a69:7473::a' });
  assert.is(made.dynamicRange, '10.20.128.0/17');
});

const inside = { lanAddresses: ['192.168.10.20'] };
const reachedBy = {
  public: { exposure: 'public' },
  nat: { exposure: 'nat', ...inside },
  lan: { exposure: 'lan', publicAddresses: [], ...inside },
} as const;
const endpoint = { name: 'p', protocol: 'tcp', port: 80, service: 'a', purpose: 'p' } as const;

decisions('a router forwards what the internet may reach, but for what needs none', () => {
  const forwards = (exposure: Answers['network']['exposure']) =>
    plan(
      [
        feature('one', {
          endpoints: [
            { ...endpoint, from: 'internet' },
            { ...endpoint, port: 81, from: 'internet', forward: false },
            { ...endpoint, port: 82, from: 'containers' },
            { ...endpoint, port: 83, from: 'host' },
          ],
        }),
      ],
      network(reachedBy[exposure]),
    )
      .endpoints.filter(({ forward }) => forward)
      .map(({ port }) => port);
  assert.equal(forwards('nat'), [80]);
  assert.equal(forwards('public'), []);
});

decisions('outside is the internet, or the network when nothing else reaches the server', () => {
  const outside = (exposure: Answers['network']['exposure']) =>
    plan(
      [feature('one', ({ outside: who }) => ({ notes: [{ level: 'info', text: who }] }))],
      network(reachedBy[exposure]),
    ).notes[0]?.text;
  assert.is(outside('public'), 'internet');
  assert.is(outside('nat'), 'internet');
  assert.is(outside('lan'), 'lan');
});

decisions('a feature is part of the stack when its answer is given', () => {
  const relay = (value: string) =>
    feature(value, {}, { offer: { section: 'turn', value, label: value, order: 1 } });
  const wall = feature(
    'nft',
    {},
    { offer: { section: 'firewall', value: 'nft', label: '', order: 1 } },
  );
  const ids = (changes: Partial<Answers>) =>
    plan([feature('always', {}), relay('none'), relay('coturn'), wall], changes).features.map(
      ({ id }) => id,
    );
  assert.equal(ids({}), ['always', 'none']);
  assert.equal(ids({ turn: { mode: 'coturn' }, firewall: ['nft'] }), ['always', 'coturn', 'nft']);
});

decisions('features stand in their order, not in that of their names', () => {
  const features = [feature('a', {}, { order: 9 }), feature('b', {}, { order: 1 })];
  assert.equal(
    plan(features).features.map(({ id }) => id),
    ['b', 'a'],
  );
});

decisions('a feature’s own complaint stops everything', () => {
  const complains = feature('one', {}, { check: () => [{ what: 'These do not go together.' }] });
  assert.throws(() => plan([complains]), /These do not go together/);
});

decisions('containers are read-only and without capabilities unless they say otherwise', () => {
  const [made] = plan([
    feature('one', { services: [service('a', { volumes: [{ source: './a', target: '/a' }] })] }),
  ]).services;
  assert.is(made?.readOnly, true);
  assert.equal(made?.capabilities, []);
  assert.equal(made?.volumes, [{ source: './a', target: '/a', readOnly: true }]);
});

decisions('a feature presents what all have decided, and its own answers', () => {
  const relay = feature(
    'one',
    { services: [service('a')] },
    {
      order: 1,
      offer: { section: 'turn', value: 'none', label: '', order: 1 },
      present: ({ services }, { mode }) => ({ names: services.map(({ name }) => name), mode }),
    },
  );
  const made = plan([relay, feature('two', { services: [service('b')] }, { order: 2 })]);
  assert.equal(made.views, { one: { names: ['a', 'b'], mode: 'none' } });
});

decisions('the same answers give the same plan, in plain JSON', () => {
  const make = () => plan([feature('one', { services: [service('a')] })]);
  assert.equal(make(), make());
  const made = make();
  assert.equal(JSON.parse(JSON.stringify(made)), made);
});

decisions.run();
