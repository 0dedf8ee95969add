import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { portsAgree } from '../../matrix/ports-agree.ts';
import { routed, stackBehind } from './answered.ts';

const agree = suite('the check that all files name the same ports');

const main = await stackBehind(
  [
    ...['nftables', 'ufw', 'fortigate', 'mikrotik', 'opnsense', 'pfsense', 'openwrt', 'unifi'],
    ...['aws', 'azure', 'digitalocean', 'google', 'hetzner', 'openstack', 'oracle', 'scaleway'],
  ],
  routed,
  { edge: { proxy: 'haproxy' } },
);

/** Those that do not go together with the ones above. */
const others = [await stackBehind(['iptables'], routed), await stackBehind(['firewalld'], routed)];

/** A stack with one file that is wrong. */
function withFile(path: string, change: (text: string) => string) {
  const stack =
    [main, ...others].find(({ files }) => files.some((file) => file.path === path)) ?? main;
  const { text } = stack.files.find((file) => file.path === path) ?? { text: '' };
  const changed = change(text);
  assert.is.not(changed, text, path);
  const files = stack.files.map((file) => (file.path === path ? { ...file, text: changed } : file));
  return { ...stack, files };
}

/** `assert.throws` does not take the failure of another assertion for what was wanted. */
function isNoticed(wrong: typeof main): boolean {
  try {
    portsAgree(wrong);
    return false;
  } catch {
    return true;
  }
}

agree('is content with stacks as they come', () => {
  for (const one of [main, ...others]) portsAgree(one);
});

/** Every kind of file, and how its port of the page is written there. */
const places: Readonly<Record<string, readonly [string, string]>> = {
  'compose.yaml': ['443:443/tcp', '444:443/tcp'],
  'haproxy/haproxy.cfg': [':443', ':444'],
  'coturn/turnserver.conf': ['tls-listening-port=5349', 'tls-listening-port=5350'],
  'README.md': ['| 443/tcp |', '| 444/tcp |'],
  'firewall/ports.md': ['| `443/tcp` | everybody', '| `444/tcp` | everybody'],
  'firewall/nftables.nft': ['proto-dst 443 accept', 'proto-dst 444 accept'],
  'firewall/iptables.rules': ['ctorigdstport 443 ', 'ctorigdstport 444 '],
  'firewall/ufw.sh': ['row tcp 443', 'row tcp 444'],
  'firewall/firewalld.sh': ['row tcp 443', 'row tcp 444'],
  'firewall/fortigate.conf': ['tcp-portrange 443', 'tcp-portrange 444'],
  'firewall/mikrotik.rsc': ['dst-port=443', 'dst-port=444'],
  'firewall/openwrt.sh': ['forward https tcp 443', 'forward https tcp 444'],
  'firewall/opnsense-nat.csv': [',443,192', ',444,192'],
  'firewall/opnsense-rules.csv': [',443,', ',444,'],
  'firewall/pfsense.md': ['| `443` |', '| `444` |'],
  'firewall/unifi.md': ['| `443` |', '| `444` |'],
  ...Object.fromEntries(
    ['aws', 'azure', 'digitalocean', 'google', 'hetzner', 'openstack', 'oracle', 'scaleway'].map(
      (one) => [`firewall/${one}/main.tf`, ['first = 443', 'first = 444']] as const,
    ),
  ),
  ...Object.fromEntries(
    ['aws', 'azure', 'digitalocean', 'google', 'hetzner', 'oracle'].map(
      (one) => [`firewall/${one}.sh`, ['https tcp 443', 'https tcp 444']] as const,
    ),
  ),
};

for (const [path, [right, wrong]] of Object.entries(places))
  agree(`notices another port in ${path}`, () => {
    assert.ok(isNoticed(withFile(path, (text) => text.replaceAll(right, wrong))));
  });

agree('notices another port in the drawing', () => {
  const other = (text: string) => text.replace('10000/udp" --> jvb', '10001/udp" --> jvb');
  assert.ok(isNoticed(withFile('README.md', other)));
});

agree('notices a port too many, and one that is closed', () => {
  const more = (text: string) => text.replace(/^(.*dst-port=)443( .*)$/gm, '$1443$2\n$18443$2');
  assert.ok(isNoticed(withFile('firewall/mikrotik.rsc', more)));
  const less = (text: string) => text.replace(/^ {4}"media".*\n/m, '');
  assert.ok(isNoticed(withFile('firewall/aws/main.tf', less)));
});

agree.run();
