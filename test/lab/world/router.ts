import type { Endpoint } from '../../../src/plan/plan.ts';
import { addresses } from './addresses.ts';

/**
 * A household's router in nftables: translates what goes out, forwards exactly the rows of the port table that say so,
 * and lets nothing else in; over IPv6 it lets the same rows through.
 */
export function routerRules(endpoints: readonly Endpoint[]): string {
  const forwarded = endpoints.filter(({ forward }) => forward);
  const [server4, server6] = addresses.lan.server;
  const outside = addresses.router[0];
  const ports = ({ port, lastPort }: Endpoint) => (lastPort ? `${port}-${lastPort}` : `${port}`);
  const translated = forwarded.map(
    (row) => `    ip daddr ${outside} ${row.protocol} dport ${ports(row)} dnat ip to ${server4}`,
  );
  const opened = forwarded.map(
    (row) => `    ip6 daddr ${server6} ${row.protocol} dport ${ports(row)} accept`,
  );
  return `
table inet router
delete table inet router
table inet router {
  chain inward {
    type nat hook prerouting priority dstnat; policy accept;
${translated.join('\n')}
  }
  chain outward {
    type nat hook postrouting priority srcnat; policy accept;
    oifname "wan" ip saddr ${addresses.lan.net4} masquerade
  }
  chain through {
    type filter hook forward priority filter; policy drop;
    ct state established,related accept
    iifname "lan" accept
    ct status dnat accept
    meta l4proto ipv6-icmp accept
${opened.join('\n')}
  }
  chain here {
    type filter hook input priority filter; policy drop;
    ct state established,related accept
    iifname { "lo", "lan" } accept
    meta l4proto { icmp, ipv6-icmp } accept
  }
}
`;
}

/** A company's firewall: what comes in by this interface gets out to TCP 443 and is dropped without a word otherwise. */
export function companyRules(device: string): string {
  return `
table inet company {
  chain through {
    type filter hook forward priority filter; policy accept;
    iifname "${device}" tcp dport 443 accept
    iifname "${device}" drop
  }
}
`;
}
