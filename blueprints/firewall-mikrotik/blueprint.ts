import { defineBlueprint, openRouter, routerFirewall } from '../../src/blueprint.ts';

/**
 * Commands for a MikroTik router. Menus, properties and the way of a file through `/import` are those of RouterOS 7:
 * https://help.mikrotik.com/docs/spaces/ROS/pages/3211299/NAT and …/48660574/Filter, …/40992878/Import.
 */
export const firewallMikrotik = defineBlueprint({
  id: 'firewall-mikrotik',
  title: 'MikroTik',
  order: 94,
  offer: {
    section: 'firewall',
    value: 'mikrotik',
    label: 'MikroTik',
    hint: 'RouterOS 7: a file to import',
    order: 11,
    group: 'router',
  },
  fields: {
    wan: {
      kind: 'interface',
      question: 'Which of the router’s interface lists leads to the internet?',
      description: 'interface list that leads to the internet; WAN is MikroTik’s own',
      default: 'WAN',
      advanced: true,
    },
  },
  formats: { '*.rsc': 'lines' },
  contribute: () =>
    openRouter({
      name: 'MikroTik',
      file: 'firewall/mikrotik.rsc',
      how: 'Read firewall/mikrotik.rsc, copy it to the router (drag it into Files), and run: /import file-name=mikrotik.rsc. It can be run again; mikrotik-remove.rsc takes everything away.',
    }),
  present: (plan, { wan }) => ({ ...routerFirewall(plan), wan }),
});
