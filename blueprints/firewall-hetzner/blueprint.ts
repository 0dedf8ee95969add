import { defineBlueprint, openProvider, providerFirewall } from '../../src/blueprint.ts';

const script = {
  path: 'firewall/hetzner.sh',
  calls: 'hcloud',
  takes: 'SERVER',
  install: 'https://github.com/hetznercloud/cli',
};

/**
 * Files for the firewall of Hetzner. Names and limits are those of
 * https://registry.terraform.io/providers/hetznercloud/hcloud/latest/docs/resources/firewall and
 * https://github.com/hetznercloud/cli: 50 rules a firewall; once one is applied, what it does not name is closed.
 */
export const firewallHetzner = defineBlueprint({
  id: 'firewall-hetzner',
  title: 'Hetzner',
  order: 94,
  offer: {
    section: 'firewall',
    value: 'hetzner',
    label: 'Hetzner',
    hint: 'a cloud firewall, by OpenTofu or hcloud',
    order: 21,
    group: 'provider',
  },
  formats: { '*.tf': 'lines' },
  contribute: () =>
    openProvider({
      name: 'Hetzner',
      module: 'firewall/hetzner',
      script,
    }),
  present: (plan) => providerFirewall(plan, script),
});
