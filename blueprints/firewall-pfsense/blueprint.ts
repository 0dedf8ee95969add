import { defineBlueprint, openRouter, routerFirewall } from '../../src/blueprint.ts';

/**
 * The steps for a pfSense. It imports rules only as a part of config.xml, which replaces all others of that part
 * (https://docs.netgate.com/pfsense/en/latest/backup/restore.html), so there is no file. The forms are those of
 * https://docs.netgate.com/pfsense/en/latest/nat/port-forwards.html and …/firewall/configure.html.
 */
export const firewallPfsense = defineBlueprint({
  id: 'firewall-pfsense',
  title: 'pfSense',
  order: 94,
  offer: {
    section: 'firewall',
    value: 'pfsense',
    label: 'pfSense',
    hint: 'the steps, with every value',
    order: 13,
    group: 'router',
  },
  contribute: () =>
    openRouter({
      name: 'pfSense',
      file: 'firewall/pfsense.md',
      how: 'firewall/pfsense.md has the steps, with every value that is to be typed.',
    }),
  present: routerFirewall,
});
