import { defineBlueprint, openProvider, providerFirewall } from '../../src/blueprint.ts';

const script = {
  path: 'firewall/oracle.sh',
  calls: 'oci',
  takes: 'INSTANCE-OCID',
  install: 'https://docs.oracle.com/iaas/Content/API/SDKDocs/cliinstall.htm',
};

/**
 * Files for the firewall of Oracle Cloud. Names and limits are those of
 * https://docs.oracle.com/iaas/tools/terraform-provider-oci/latest/docs/r/core_network_security_group_security_rule.html and
 * https://docs.oracle.com/iaas/tools/oci-cli/latest/oci_cli_docs/cmdref/network/nsg.html: 25 rules a call, 5 groups a network card, protocols
 * by their numbers.
 */
export const firewallOracle = defineBlueprint({
  id: 'firewall-oracle',
  title: 'Oracle Cloud',
  order: 94,
  offer: {
    section: 'firewall',
    value: 'oracle',
    label: 'Oracle Cloud',
    hint: 'a network security group, by OpenTofu or oci',
    order: 25,
    group: 'provider',
  },
  formats: { '*.tf': 'lines' },
  contribute: () =>
    openProvider({
      name: 'Oracle Cloud',
      module: 'firewall/oracle',
      script,
    }),
  present: (plan) => providerFirewall(plan, script),
});
