import { defineBlueprint, openProvider, providerFirewall } from '../../src/blueprint.ts';

const script = {
  path: 'firewall/digitalocean.sh',
  calls: 'doctl',
  takes: 'DROPLET-ID',
  install: 'https://docs.digitalocean.com/reference/doctl/how-to/install/',
};

/**
 * Files for the firewall of DigitalOcean. Names and limits are those of
 * https://docs.digitalocean.com/reference/terraform/reference/resources/firewall/ and
 * https://docs.digitalocean.com/reference/doctl/reference/compute/firewall/: 50 rules a firewall; what no rule names is closed, outwards
 * too.
 */
export const firewallDigitalocean = defineBlueprint({
  id: 'firewall-digitalocean',
  title: 'DigitalOcean',
  order: 94,
  offer: {
    section: 'firewall',
    value: 'digitalocean',
    label: 'DigitalOcean',
    hint: 'a cloud firewall, by OpenTofu or doctl',
    order: 22,
    group: 'provider',
  },
  formats: { '*.tf': 'lines' },
  contribute: () =>
    openProvider({
      name: 'DigitalOcean',
      module: 'firewall/digitalocean',
      script,
    }),
  present: (plan) => providerFirewall(plan, script),
});
