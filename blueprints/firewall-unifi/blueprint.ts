import { defineBlueprint, openRouter, routerFirewall } from '../../src/blueprint.ts';

/**
 * The steps for a UniFi gateway. Its application imports no rules. The forms are those of
 * https://help.ui.com/hc/en-us/articles/235247007 (port forwarding) and …/115003173168 (zone-based firewall).
 */
export const firewallUnifi = defineBlueprint({
  id: 'firewall-unifi',
  title: 'UniFi',
  order: 94,
  offer: {
    section: 'firewall',
    value: 'unifi',
    label: 'UniFi',
    hint: 'the steps, with every value',
    order: 15,
    group: 'router',
  },
  contribute: () =>
    openRouter({
      name: 'UniFi gateway',
      file: 'firewall/unifi.md',
      how: 'firewall/unifi.md has the steps, with every value that is to be typed.',
    }),
  present: routerFirewall,
});
