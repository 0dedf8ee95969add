import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { routed, stackBehind } from '../firewall/answered.ts';
import { parseFortios } from '../firewall/read/fortios.ts';
import { tablesIn } from '../firewall/read/steps.ts';

const test = suite('what routers and providers let in for further machines');

const open = { exposure: 'public', publicAddresses: ['203.0.113.7', '2001:db8::7'], ipv6: true };
const near = 'b1:bridge:192.168.10.21:192.168.10.20:10001';
const far = 'b2:bridge:192.0.2.8:198.51.100.7';
const two = 'b1:bridge:203.0.113.8:203.0.113.7,b2:bridge:192.0.2.8:203.0.113.7';

async function behind(firewall: string, network: object, machines: string) {
  const { files } = await stackBehind([firewall], network, { machines });
  return (path: string) => {
    const file = files.find((one) => one.path === `firewall/${path}`);
    if (!file) throw new Error(`there is no firewall/${path}`);
    return file.text;
  };
}

/** The lines that name the port, without comments. */
const lines = (text: string) =>
  text.split('\n').filter((line) => /\b5222\b/.test(line) && !/^\s*#/.test(line));

/** Of each router's own file: how one row for one machine reads, and the file for what is translated. */
const routers: Readonly<Record<string, readonly [file: string, row: RegExp, translated: string]>> =
  {
    mikrotik: ['mikrotik.rsc', / dst-port=5222 src-address=(\S+) /, 'mikrotik.rsc'],
    openwrt: ['openwrt.sh', /^ {2}(?:pass|forward) .* 5222 \S+ (\S+)$/, 'openwrt.sh'],
    opnsense: ['opnsense-rules.csv', /,"([\d.]+)",[\d.]+,5222,/, 'opnsense-nat.csv'],
    pfsense: ['pfsense.md', /\| `?([\d.]+)`? \| (?:`[\d.]+`|WAN address) \| `5222`/, 'pfsense.md'],
    unifi: ['unifi.md', /\| ([\d.]+) \| (?:tcp \| `5222`|`[\d.]+` \| `5222`)/, 'unifi.md'],
  };

for (const [name, [file, row, translated]] of Object.entries(routers)) {
  test(`${name} lets each machine pass, by its address alone, `, async () => {
    const found = lines((await behind(name, open, two))(file));
    const counted = found.filter((line) => !/connection-limit|^\| `5222` \(tcp\)/.test(line));
    assert.equal(counted.map((line) => row.exec(line)?.[1]).sort(), ['192.0.2.8', '203.0.113.8']);
  });

  test(`${name} forwards it for a machine on its other side, not for one behind it`, async () => {
    const read = await behind(name, routed, `${near},${far}`);
    const nat = name === 'opnsense' ? /,tcp,([\d.]+),wanip,5222,192\.168\.10\.20,5222,/ : row;
    const found = lines(read(translated)).filter((line) => !line.includes('connection-limit'));
    assert.ok(found.length > 0, name);
    for (const line of found) assert.is(nat.exec(line)?.[1], '192.0.2.8', line);
  });
}

test('a FortiGate has a policy for the machines, and the port in no other', async () => {
  for (const [network, machines, sources] of [
    [open, two, ['203.0.113.8/32', '192.0.2.8/32']],
    [routed, `${near},${far}`, ['192.0.2.8/32']],
  ] as const) {
    const tables = parseFortios((await behind('fortigate', network, machines))('fortigate.conf'));
    const address = new Map(
      (tables['firewall address'] ?? []).map(({ name, set }) => [name, set.subnet] as const),
    );
    const ports = new Map(
      (tables['firewall service custom'] ?? []).map(
        ({ name, set }) => [name, set['tcp-portrange']] as const,
      ),
    );
    const policies = (tables['firewall policy'] ?? []).filter(({ set }) =>
      set.service?.split(' ').some((service) => ports.get(service) === '5222'),
    );
    assert.is(policies.length, 1);
    const set = policies[0]?.set ?? {};
    assert.equal(
      set.srcaddr?.split(' ').map((name) => address.get(name)),
      sources,
    );
    assert.not.ok('srcaddr6' in set);
    if (network === routed)
      assert.match(
        set.dstaddr ?? '',
        tables['firewall vip']?.find(({ set: vip }) => vip.extport === '5222')?.name ?? 'none',
      );
  }
});

for (const name of ['aws', 'azure', 'digitalocean', 'google', 'hetzner', 'oracle'])
  test(`the script of ${name} names the machines as its only sources`, async () => {
    assert.equal(lines((await behind(name, open, two))(`${name}.sh`)), [
      "  row 'xmpp-machines' tcp 5222 5222 '203.0.113.8/32 192.0.2.8/32'",
    ]);
  });

for (const name of ['aws', 'google', 'openstack', 'scaleway', 'hetzner'])
  test(`the module of ${name} does`, async () => {
    assert.equal(lines((await behind(name, open, two))(`${name}/main.tf`)), [
      '    "xmpp-machines" = { protocol = "tcp", first = 5222, last = 5222, sources = ["203.0.113.8/32", "192.0.2.8/32"] }',
    ]);
  });

const mixed = 'b1:bridge:203.0.113.8+[2001:db8::8]:[2001:db8::7],b2:bridge:192.0.2.8:203.0.113.7';
const six = '2001:db8::8';

for (const [name, [file]] of Object.entries(routers))
  test(`${name} lets a machine pass that comes over IPv6, by that address alone`, async () => {
    const found = lines((await behind(name, open, mixed))(file)).filter(
      (line) => !/connection-limit|^\| `5222` \(tcp\)/.test(line),
    );
    assert.is(found.length, 2, found.join('\n'));
    const [own, ...others] = found.filter((line) => line.includes(six));
    assert.match(own ?? '', /ipv6|inet6/i);
    assert.not.match(own ?? '', /\bany\b|192\.0\.2\.8|203\.0\.113\.8/);
    assert.equal(others, []);
    assert.match(found.find((line) => line !== own) ?? '', '192.0.2.8');
  });

test('a FortiGate knows both families of them', async () => {
  const tables = parseFortios((await behind('fortigate', open, mixed))('fortigate.conf'));
  const [policy] = (tables['firewall policy'] ?? []).filter(({ set }) =>
    set.name?.endsWith('-machines'),
  );
  const six6 = new Map((tables['firewall address6'] ?? []).map(({ name, set }) => [name, set.ip6]));
  const four = new Map((tables['firewall address'] ?? []).map((one) => [one.name, one.set.subnet]));
  assert.is(six6.get(policy?.set.srcaddr6 ?? ''), `${six}/128`);
  assert.is(six6.get(policy?.set.dstaddr6 ?? ''), '2001:db8::7/128');
  assert.is(four.get(policy?.set.srcaddr ?? ''), '192.0.2.8/32');
});

for (const name of ['aws', 'azure', 'digitalocean', 'google', 'hetzner', 'oracle'])
  test(`the script of ${name} names the IPv6 address of one that comes by it`, async () => {
    assert.equal(lines((await behind(name, open, mixed))(`${name}.sh`)), [
      "  row 'xmpp-machines' tcp 5222 5222 '2001:db8::8/128 192.0.2.8/32'",
    ]);
  });

test('the page about ports says what a router lets through over IPv6, which is not translated', async () => {
  const far6 = 'b2:bridge:192.0.2.8+[2001:db8::8]:[2001:db8::7]';
  const page = (await behind('nftables', routed, far6))('ports.md');
  assert.match(page, '- From `2001:db8::8` only, it passes `5222/tcp` too.');
  assert.not.match(page, '`5222/tcp`, from');
});

test('the page about ports says who reaches it, and what a router forwards', async () => {
  const page = (await behind('nftables', routed, `${near},${far}`))('ports.md');
  const [row] = tablesIn(page).filter(
    ({ Port = '', From = '' }) => Port === '5222/tcp' && /only/.test(From),
  );
  assert.is(row?.From, 'only b1 (192.168.10.21), b2 (192.0.2.8)');
  assert.match(page, '| `5222/tcp`, from `192.0.2.8` only | `192.168.10.20`, same port |');
  assert.not.match(page, 'from `192.168.10.21` only');
});

test('each machine has the same firewall for its own ports', async () => {
  const { files } = await stackBehind(['nftables', 'mikrotik'], routed, { machines: near });
  const text = (path: string) =>
    files.find((one) => one.path === `machines/b1/firewall/${path}`)?.text ?? '';
  assert.match(
    text('nftables.nft'),
    'meta l4proto udp ct original proto-dst 10001 accept comment "media"',
  );
  assert.not.match(text('nftables.nft'), /proto-dst (443|5222|3478) /);
  assert.match(text('mikrotik.rsc'), 'dst-port=10001 to-addresses=192.168.10.21');
  // Both are to be in one router at the same time.
  const tag = /comment~"\^([^:]*):/.exec(text('mikrotik.rsc'))?.[1];
  assert.match(tag ?? '', /^jitsi-.*-b1$/);
});

test.run();
