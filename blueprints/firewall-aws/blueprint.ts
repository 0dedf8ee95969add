import { defineBlueprint, openProvider, providerFirewall } from '../../src/blueprint.ts';

const script = {
  path: 'firewall/aws.sh',
  calls: 'aws',
  takes: 'INSTANCE',
  install: 'https://aws.amazon.com/cli/',
};

/**
 * Files for the firewall of AWS. Names and limits are those of
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule (one source a rule) and
 * https://docs.aws.amazon.com/cli/latest/reference/ec2/: 60 inbound rules a group for each family, 5 groups an interface.
 */
export const firewallAws = defineBlueprint({
  id: 'firewall-aws',
  title: 'AWS',
  order: 94,
  offer: {
    section: 'firewall',
    value: 'aws',
    label: 'AWS',
    hint: 'a security group, by OpenTofu or aws',
    order: 20,
    group: 'provider',
  },
  formats: { '*.tf': 'lines' },
  contribute: () =>
    openProvider({
      name: 'AWS',
      module: 'firewall/aws',
      script,
    }),
  present: (plan) => providerFirewall(plan, script),
});
