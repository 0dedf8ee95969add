import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stackBehind } from './answered.ts';
import { fortigateInlets, parseFortios } from './read/fortios.ts';

const test = suite('FortiGate');

const networks = {
  nat: {
    exposure: 'nat',
    publicAddresses: ['198.51.100.7', '2001:db8::7'],
    lanAddresses: ['192.168.10.20'],
    ipv6: true,
  },
  changing: {
    exposure: 'nat',
    fixed: false,
    addressName: 'home.example.net',
    lanAddresses: ['192.168.10.20'],
  },
  public: {
    exposure: 'public',
    publicAddresses: ['198.51.100.7', '198.51.100.8'],
    lanAddresses: [],
  },
  lan: { exposure: 'lan', publicAddresses: [], lanAddresses: ['192.168.10.20'] },
};

async function written(network: keyof typeof networks, fortigate: object = {}) {
  const { files } = await stackBehind(['fortigate'], networks[network], { fortigate });
  const all = new Map(files.map(({ path, text }) => [path, text]));
  const read = (name: string) => parseFortios(all.get(`firewall/${name}`) ?? '');
  const tables = read('fortigate.conf');
  const policies = tables['firewall policy']?.map(({ set }) => set) ?? [];
  return { all, tables, policies, removed: read('fortigate-remove.conf') };
}

const named = { wan: 'wan1', inside: 'dmz' };

test('visitors keep their addresses, and interfaces are those that were named', async () => {
  const { policies, tables } = await written('nat', named);
  assert.equal([policies[0]?.srcintf, policies[0]?.dstintf], ['wan1', 'dmz']);
  assert.is(policies[0]?.nat, undefined);
  assert.ok(tables['firewall vip']?.every(({ set }) => set.extintf === 'any'));
  const { policies: unnamed } = await written('nat');
  assert.equal([unnamed[0]?.srcintf, unnamed[0]?.dstintf], ['any', 'any']);
});

test('the server’s own network gets there by the public address when its interface is named', async () => {
  const { policies } = await written('nat', named);
  const [, hairpin] = policies;
  assert.equal([hairpin?.srcintf, hairpin?.dstintf, hairpin?.nat], ['dmz', 'dmz', 'enable']);
  assert.is(hairpin?.dstaddr, policies[0]?.dstaddr);
  for (const [network, answers] of [
    ['nat', {}],
    ['public', named],
    ['changing', named],
  ] as const)
    assert.is((await written(network, answers)).policies.length, 1, network);
});

test('with central NAT the policy names the server, and the way back is an entry of its own', async () => {
  const { all, policies, tables } = await written('nat', { ...named, nat: 'central' });
  assert.is(policies[0]?.dstaddr, 'jitsi-meet-example-org-server');
  assert.ok(
    policies.every(({ nat }) => nat === undefined),
    'policies cannot say it there',
  );
  const [entry] = tables['firewall central-snat-map'] ?? [];
  assert.equal([entry?.set.srcintf, entry?.set.dstintf, entry?.set.nat], ['dmz', 'dmz', 'enable']);
  const { all: usual } = await written('nat', named);
  assert.equal([...fortigateInlets(all)].sort(), [...fortigateInlets(usual)].sort());
});

test('one source has its share, at the public addresses and where the interface is named', async () => {
  const { tables, all } = await written('nat', named);
  const counted = (table: string) =>
    (tables[table] ?? []).map(({ set }) => [set.interface, set.dstaddr, set.service, set.anomaly]);
  const doors = ['turn-udp', 'turn-tcp', 'turn-tls'].map(
    (name) => `jitsi-meet-example-org-${name}`,
  );
  const [four, six] = [counted('firewall DoS-policy'), counted('firewall DoS-policy6')];
  assert.equal(four.map(([, , , anomaly]) => anomaly).sort(), [
    'tcp_src_session 1200',
    'tcp_src_session 2000',
    'udp_src_session 1200',
  ]);
  assert.ok(four.every(([wan, to]) => wan === 'wan1' && to === 'jitsi-meet-example-org-public'));
  assert.ok(six.length === 3 && six.every(([, to]) => to === 'jitsi-meet-example-org-server6'));
  for (const [, , service = '', anomaly = ''] of four)
    assert.is(
      anomaly.endsWith('1200'),
      doors.some((door) => service.split(' ').includes(door)),
    );
  assert.not.ok(four.some(([, , service]) => service?.includes('-media')));
  assert.match(all.get('firewall/fortigate-remove.conf') ?? '', 'show firewall DoS-policy6 |');
  for (const [network, answers] of [
    ['nat', {}],
    ['changing', named],
    ['lan', named],
  ] as const) {
    const { tables: none, all: files } = await written(network, answers);
    assert.is(none['firewall DoS-policy'], undefined, network);
    assert.match(
      files.get('firewall/fortigate.conf') ?? '',
      'does not count what one source takes',
    );
  }
});

test('an address that changes is that of the interface', async () => {
  const { tables } = await written('changing', { wan: 'wan2' });
  for (const { set } of tables['firewall vip'] ?? [])
    assert.equal([set.extip, set.extintf], ['0.0.0.0', 'wan2']);
  const { tables: proposed } = await written('changing');
  assert.is(proposed['firewall vip']?.[0]?.set.extintf, 'wan1');
});

test('a local network comes from private addresses only', async () => {
  const { policies, tables } = await written('lan', named);
  assert.is(policies[0]?.srcintf, 'any');
  assert.match(
    policies[0]?.srcaddr ?? '',
    /^jitsi-meet-example-org-local jitsi-meet-example-org-local-2/,
  );
  assert.is(tables['firewall vip'], undefined);
});

test('everything that is added by a name is taken away by it', async () => {
  for (const network of Object.keys(networks) as (keyof typeof networks)[])
    for (const nat of ['policy', 'central']) {
      const { tables, removed } = await written(network, { ...named, nat });
      const names = (of: typeof tables) =>
        Object.entries(of)
          .filter(([table]) => !/policy|snat/.test(table))
          .flatMap(([table, objects]) => objects.map(({ name }) => `${table} ${name}`));
      assert.equal(names(removed), names(tables), `${network} ${nat}`);
    }
});

test('two stacks behind one FortiGate share no name, and none is longer than FortiOS takes', async () => {
  const long = 'meetings.of.the.whole.organisation';
  const namesOf = async (domain: string) => {
    const { files } = await stackBehind(['fortigate'], networks.nat, { domain, fortigate: named });
    const text = files.find(({ path }) => path === 'firewall/fortigate.conf')?.text ?? '';
    const all = Object.entries(parseFortios(text)).flatMap(([table, objects]) =>
      objects.map(({ name, set }) => ({ name: set.name ?? name, policy: / policy$/.test(table) })),
    );
    for (const { name, policy } of all) assert.ok(name.length <= (policy ? 35 : 63), name);
    // What counts has a number, and no name.
    return all.map(({ name }) => name).filter((name) => name !== '0');
  };
  for (const [one, other] of [
    ['meet.example.org', 'meet.example.net'],
    [`${long}.example.org`, `${long}.example.net`],
  ] as const) {
    const shared = new Set(await namesOf(one));
    assert.equal(
      (await namesOf(other)).filter((name) => shared.has(name)),
      [],
      one,
    );
  }
});

test('what FortiOS has no words for is noticed', () => {
  for (const lines of [
    'config firewall policy6\nend',
    'config firewall vip\nedit "a"\nset extaddr 1\nnext\nend',
    'config firewall vip\nedit "a"\nset extip\nnext\nend',
    'config firewall vip\nedit "a"\nnext\nedit "a"\nnext\nend',
    'config firewall vip\nedit "a"\nend',
    'config firewall policy\nedit 0\nset match-vip enable\nnext\nend',
    'config firewall vip\n',
  ])
    assert.throws(() => parseFortios(lines), undefined, lines);
});

test.run();
