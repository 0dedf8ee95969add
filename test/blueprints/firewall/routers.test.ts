import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { perSource } from '../../../src/plan/per-source.ts';
import { routed, stackBehind } from './answered.ts';
import type { Files } from './read/inlet.ts';
import { parseForwards, parseRules } from './read/opnsense.ts';
import { mikrotikInlets, parseRouteros } from './read/routeros.ts';
import { tablesIn } from './read/steps.ts';
import { openwrtInlets, parseUci } from './read/uci.ts';

const routers = suite('routers in front');

const all = ['mikrotik', 'opnsense', 'pfsense', 'openwrt', 'unifi'];

async function filesFor(network: object, more: object = {}): Promise<Files> {
  const { files } = await stackBehind(all, network, more);
  return new Map(files.map(({ path, text }) => [path, text]));
}

routers(
  'a public address that changes is not named, and the ports are forwarded all the same',
  async () => {
    const files = await filesFor({
      exposure: 'nat',
      fixed: false,
      addressName: 'home.example.net',
      lanAddresses: ['192.168.10.20'],
    });
    const forward = '443/tcp to 192.168.10.20, translated';
    assert.ok(mikrotikInlets(files).includes(forward));
    assert.ok(openwrtInlets(files).includes(forward));
    const mikrotik = files.get('firewall/mikrotik.rsc') ?? '';
    assert.match(mikrotik, 'in-interface-list=WAN');
    assert.not.match(mikrotik, /action=masquerade/);
    assert.not.ok(files.has('firewall/opnsense-rules.csv'), 'nothing merely passes');
  },
);

routers('an interface of one’s own is in the files', async () => {
  const files = await filesFor(routed, {
    mikrotik: { wan: 'UPLINKS' },
    opnsense: { wan: 'opt3' },
    openwrt: { wan: 'wwan', zone: 'dmz' },
  });
  assert.match(files.get('firewall/mikrotik.rsc') ?? '', 'in-interface-list=UPLINKS');
  assert.match(files.get('firewall/opnsense-nat.csv') ?? '', ',opt3ip,');
  assert.match(files.get('firewall/openwrt.sh') ?? '', /\.dest=dmz"\n[\s\S]*\.src=wwan"\n/);
});

routers(
  'one source has its share where the router can count: 500 at one address keep theirs',
  async () => {
    const files = await filesFor({ ...routed, ipv6: true });
    const commands = parseRouteros(files.get('firewall/mikrotik.rsc') ?? '');
    for (const [menu, size] of [
      ['/ip firewall filter', 32],
      ['/ipv6 firewall filter', 64],
    ] as const) {
      const chain = commands.filter((one) => one.menu === menu && one.words.action !== 'jump');
      const ruled = chain.filter(({ words }) => words.action).map(({ words }) => words);
      const limit = ({ protocol, 'dst-port': port }: Readonly<Record<string, string>>) =>
        ruled.find((one) => one.protocol === protocol && one['dst-port'] === port)?.[
          'connection-limit'
        ];
      // The first rule of a port counts, so it stands before what lets in.
      assert.is(limit({ protocol: 'tcp', 'dst-port': '443' }), `${perSource.connections},${size}`);
      assert.is(limit({ protocol: 'udp', 'dst-port': '3478' }), `${perSource.flows},${size}`);
      assert.is(limit({ protocol: 'udp', 'dst-port': '10000' }), undefined, 'media is not counted');
      assert.ok(ruled.every((one) => one.action === 'accept' || one['connection-state'] === 'new'));
    }
    const rules = parseRules(files.get('firewall/opnsense-rules.csv') ?? '');
    const most = (port: string, protocol: string) =>
      rules.find((one) => one.destination_port === port && one.protocol === protocol)?.[
        'max-src-states'
      ];
    assert.equal([most('443', 'TCP'), most('3478', 'UDP')], ['2000', '1200']);
    assert.is(most('10000', 'UDP'), '');
    const steps = tablesIn(files.get('firewall/pfsense.md') ?? '');
    const entries = 'Maximum state entries per host';
    const host = steps.find(
      (one) => one['Destination port range'] === '443` (tcp)' || one[entries],
    );
    assert.ok(Number(host?.[entries]) >= 500);
    for (const path of ['openwrt.sh', 'unifi.md', 'opnsense.md'])
      assert.match(files.get(`firewall/${path}`) ?? '', /[aA] firewall on the server does/, path);
  },
);

routers('a forward without its rule in the filter counts for nothing', async () => {
  const files = new Map(await filesFor(routed));
  const text = files.get('firewall/mikrotik.rsc') ?? '';
  files.set('firewall/mikrotik.rsc', text.replace(/^:if .*dstnat.*\n/m, ''));
  assert.not.ok(mikrotikInlets(files).some((one) => one.endsWith('translated')));
});

routers('what MikroTik has no words for is noticed', () => {
  for (const line of [
    '/ip firewall nat add chain=dstnat action=dnat',
    '/ip firewall nat add chain=dstnat dstport=443',
    '/ip firewall nat add chain=dstnat protocol=tcp protocol=udp',
    '/ip firewall nat add chain=dstnat  protocol=tcp',
    '/ip firewall nat remove [find]',
    '/ip firewall raw add chain=prerouting',
    ':if ([:len $first] > 0) do={ /ip firewall filter print }',
  ])
    assert.throws(() => parseRouteros(line), undefined, line);
});

routers('what OpenWrt has no words for is noticed', () => {
  const made = 'set firewall.a=redirect\n';
  parseUci(`${made}set firewall.a.src=wan\n`);
  for (const lines of [
    'set firewall.a.src=wan',
    'set firewall.a=forward',
    'set firewall.a-b=rule',
    `${made}set firewall.a.port='443'`,
    `${made}set firewall.a.src=wan\nset firewall.a.src=lan`,
    `${made}set network.a.src=wan`,
  ])
    assert.throws(() => parseUci(lines), undefined, lines);
});

routers('what OPNsense does not import is noticed', async () => {
  const files = await filesFor(routed);
  const nat = files.get('firewall/opnsense-nat.csv') ?? '';
  const rules = files.get('firewall/opnsense-rules.csv') ?? '';
  assert.is(parseForwards(nat).length, 6);
  assert.is(parseRules(rules).length, 6);
  for (const broken of [
    nat.replace('destination.port', 'dstport'),
    nat.replace(',tcp,', ',TCP,'),
    nat.replace(',purenat,', ',,'),
    `${nat}${nat.split('\n')[1]}\n`,
    nat.replace(/,[^,\n]*\n$/, '\n'),
  ])
    assert.throws(() => parseForwards(broken), undefined, broken);
  assert.throws(() => parseRules(rules.replace(',TCP,', ',tcp,')));
});

routers('a second import replaces what the first one brought', async () => {
  const ids = (text = '') => text.match(/^[0-9a-f-]{36}/gm);
  const [one, other] = [await filesFor(routed), await filesFor({ ...routed, sshPort: 2222 })];
  for (const path of ['firewall/opnsense-nat.csv', 'firewall/opnsense-rules.csv'])
    assert.equal(ids(one.get(path)), ids(other.get(path)));
  const elsewhere = await filesFor(routed, { name: 'second' });
  const path = 'firewall/opnsense-nat.csv';
  assert.not.equal(ids(one.get(path)), ids(elsewhere.get(path)), 'another stack has its own');
});

routers('a table with a hole is noticed', () => {
  assert.throws(() => tablesIn('| A | B |\n|---|---|\n| 1 |\n'));
});

routers(
  'each page says whether it was tried, how it is removed, and nothing of UPnP but that it stays off',
  async () => {
    const files = await filesFor(routed);
    for (const path of ['mikrotik.rsc', 'opnsense.md', 'pfsense.md', 'openwrt.sh', 'unifi.md']) {
      const text = files.get(`firewall/${path}`) ?? '';
      assert.match(text, /not been tried/i, path);
      assert.match(text, /replaced|remove|Removing it/, path);
      assert.match(text, /Leave UPnP(?: & NAT-PMP)? off/, path);
    }
  },
);

routers.run();
