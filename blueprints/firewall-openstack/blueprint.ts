import { defineBlueprint, openProvider, providerFirewall } from '../../src/blueprint.ts';

/**
 * Files for the firewall of OpenStack. Names and limits are those of
 * https://registry.terraform.io/providers/terraform-provider-openstack/openstack/latest/docs/resources/networking_secgroup_rule_v2 and
 * …/networking_port_secgroup_associate_v2, which adds to the groups of a port and takes none away.
 */
export const firewallOpenstack = defineBlueprint({
  id: 'firewall-openstack',
  title: 'OpenStack',
  order: 94,
  offer: {
    section: 'firewall',
    value: 'openstack',
    label: 'OVH or another OpenStack',
    hint: 'a security group, by OpenTofu',
    order: 26,
    group: 'provider',
  },
  formats: { '*.tf': 'lines' },
  contribute: () =>
    openProvider({
      name: 'OpenStack',
      module: 'firewall/openstack',
    }),
  present: (plan) => providerFirewall(plan),
});
