import { defineBlueprint, openProvider, providerFirewall } from '../../src/blueprint.ts';

const script = {
  path: 'firewall/azure.sh',
  calls: 'az',
  takes: 'RESOURCE-GROUP VM',
  install: 'https://learn.microsoft.com/cli/azure/install-azure-cli',
};

/**
 * Files for the firewall of Azure. Names and limits are those of
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/network_security_rule and
 * https://learn.microsoft.com/cli/azure/network/nsg/rule: a network interface has one group, so rules are added to the one that is there;
 * priorities from 100 to 4096, each once; a rule has addresses of one family.
 */
export const firewallAzure = defineBlueprint({
  id: 'firewall-azure',
  title: 'Azure',
  order: 94,
  offer: {
    section: 'firewall',
    value: 'azure',
    label: 'Azure',
    hint: 'rules of a network security group, by OpenTofu or az',
    order: 24,
    group: 'provider',
  },
  formats: { '*.tf': 'lines' },
  contribute: () =>
    openProvider({
      name: 'Azure',
      module: 'firewall/azure',
      script,
    }),
  present: (plan) => providerFirewall(plan, script),
});
