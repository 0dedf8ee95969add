import { defineBlueprint, openProvider, providerFirewall } from '../../src/blueprint.ts';

/**
 * Files for the firewall of Scaleway. Names and limits are those of
 * https://registry.terraform.io/providers/scaleway/scaleway/latest/docs/resources/instance_security_group: an Instance has one
 * group, and which one is a property of the Instance.
 */
export const firewallScaleway = defineBlueprint({
  id: 'firewall-scaleway',
  title: 'Scaleway',
  order: 94,
  offer: {
    section: 'firewall',
    value: 'scaleway',
    label: 'Scaleway',
    hint: 'a security group, by OpenTofu',
    order: 27,
    group: 'provider',
  },
  formats: { '*.tf': 'lines' },
  contribute: () =>
    openProvider({
      name: 'Scaleway',
      module: 'firewall/scaleway',
    }),
  present: (plan) => providerFirewall(plan),
});
