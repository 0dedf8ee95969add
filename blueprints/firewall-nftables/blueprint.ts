import { defineBlueprint } from '../../src/blueprint.ts';
import { present } from './present.ts';

/** A table of its own in nftables, beside whatever else filters on the server. */
export const firewallNftables = defineBlueprint({
  id: 'firewall-nftables',
  title: 'nftables firewall',
  order: 91,
  offer: {
    section: 'firewall',
    value: 'nftables',
    label: 'nftables on this server',
    hint: 'a table of its own that also covers what Docker publishes',
    order: 1,
  },
  contribute: () => ({
    firewall: {
      name: 'nftables',
      rules: ['firewall/nftables.nft', 'firewall/nftables-extra.nft'],
      follows: ['nftables.service'],
    },
    files: {
      'firewall/nftables.sh': { executable: true },
      'firewall/nftables-extra.nft': { seeded: true },
    },
    notes: [
      {
        level: 'warning',
        text: 'The nftables rules close every port that the port table does not name, also those of other programs and containers on this server. Your own go into firewall/nftables-extra.nft.',
      },
    ],
    troubles: [
      {
        symptom:
          'Everything is reachable again, visitors appear with an address of Docker, or containers have no network.',
        cause:
          'Something ran `nft flush ruleset`, which deletes this firewall and Docker’s own rules.',
        fix: 'Run `sudo systemctl restart docker`, then `sudo systemctl restart jitsi-stack-firewall`. A restart of nftables.service brings the rules back by itself.',
      },
    ],
  }),
  present,
});
