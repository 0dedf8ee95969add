import { defineBlueprint, openProvider, providerFirewall } from '../../src/blueprint.ts';

const script = {
  path: 'firewall/google.sh',
  calls: 'gcloud',
  takes: 'INSTANCE ZONE',
  install: 'https://cloud.google.com/sdk/docs/install',
};

/**
 * Files for the firewall of Google Cloud. Names and limits are those of
 * https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/compute_firewall and
 * https://cloud.google.com/sdk/gcloud/reference/compute/firewall-rules: a rule has sources of one family, names have 63 characters; a
 * destination narrows it to one server without a tag on that.
 */
export const firewallGoogle = defineBlueprint({
  id: 'firewall-google',
  title: 'Google Cloud',
  order: 94,
  offer: {
    section: 'firewall',
    value: 'google',
    label: 'Google Cloud',
    hint: 'VPC firewall rules, by OpenTofu or gcloud',
    order: 23,
    group: 'provider',
  },
  formats: { '*.tf': 'lines' },
  contribute: () =>
    openProvider({
      name: 'Google Cloud',
      module: 'firewall/google',
      script,
    }),
  present: (plan) => providerFirewall(plan, script),
});
