import { defineBlueprint } from '../../src/blueprint.ts';
import { present } from './present.ts';

/** Rules for iptables alone, in chains of their own. */
export const firewallIptables = defineBlueprint({
  id: 'firewall-iptables',
  title: 'iptables firewall',
  order: 94,
  offer: {
    section: 'firewall',
    value: 'iptables',
    label: 'iptables on this server',
    hint: 'for servers without nftables: chains of its own before the rules that are there',
    order: 4,
  },
  formats: { '*.rules': 'lines' },
  check: ({ answers }) => {
    const other = ['nftables', 'ufw', 'firewalld'].find((name) => answers.firewall.includes(name));
    return other === undefined
      ? []
      : [
          {
            answer: 'firewall',
            what: `iptables and ${other} would do the same thing twice on this server.`,
            fix: `Choose one of them: ${other} where it is there, iptables where nothing else is.`,
          },
        ];
  },
  contribute: () => ({
    firewall: {
      name: 'iptables',
      rules: ['firewall/iptables.rules', 'firewall/iptables-extra.rules'],
      follows: ['netfilter-persistent.service', 'iptables.service', 'ip6tables.service'],
    },
    files: {
      'firewall/iptables.sh': { executable: true },
      'firewall/iptables-extra.rules': { seeded: true },
    },
    notes: [
      {
        level: 'warning',
        text: 'The iptables rules close every port that the port table does not name, also those of other programs and containers on this server. Your own go into firewall/iptables-extra.rules.',
      },
    ],
  }),
  present,
});
