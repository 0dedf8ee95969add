import { type Files, fileIn } from './inlet.ts';

/** How each firewall of the server itself writes a row: protocol, then port or range. */
const rows: Readonly<Record<string, readonly [path: string, row: RegExp]>> = {
  nftables: [
    'firewall/nftables.nft',
    /meta l4proto (\w+) ct original proto-dst (\S+) accept comment/g,
  ],
  iptables: [
    'firewall/iptables.rules',
    /-A JITSI-PORTS .*-p (tcp|udp) -m conntrack --ctorigdstport ([\d:]+) .*--comment \S+ -j RETURN$/gm,
  ],
  ufw: ['firewall/ufw.sh', /^ {2}row (tcp|udp) ([\d:]+) (?:internet|lan|[\d.]+) \S+$/gm],
  firewalld: [
    'firewall/firewalld.sh',
    /^ {2}row (tcp|udp) ([\d:]+) (?:internet|lan|[\d.]+) \S+$/gm,
  ],
};

/** Ports that a firewall on the server opens: `443/tcp`; undefined for one that is read elsewhere. */
export function hostOpens(files: Files, firewall: string): readonly string[] | undefined {
  const [path, row] = rows[firewall] ?? [];
  if (!path || !row) return undefined;
  const found = [...fileIn(files, path).matchAll(row)].map(
    ([, protocol = '', port = '']) => `${port.replace(':', '-')}/${protocol}`,
  );
  return [...new Set(found)].sort();
}
