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
    files: {
      'firewall/nftables.sh': { executable: true },
      'firewall/nftables-extra.nft': { seeded: true },
    },
    steps: [
      {
        phase: 'before',
        repeat: 'ports',
        title: 'Load the firewall',
        detail:
          'Rules are taken away again after a minute unless you confirm that you can still reach the server; then they are loaded at every boot.',
        command: 'sudo ./firewall/nftables.sh install',
      },
    ],
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
          'Something ran “nft flush ruleset”, which deletes this firewall and Docker’s own rules.',
        fix: 'Run “sudo systemctl restart docker” and “sudo ./firewall/nftables.sh apply”. After “install”, restarting nftables.service brings the rules back by itself.',
      },
    ],
  }),
  present,
});
