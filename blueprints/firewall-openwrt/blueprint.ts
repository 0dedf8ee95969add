import { defineBlueprint, openRouter, routerFirewall } from '../../src/blueprint.ts';

/**
 * A script for a router with OpenWrt. Sections and options are those of
 * https://openwrt.org/docs/guide-user/firewall/firewall_configuration, the commands those of
 * https://openwrt.org/docs/guide-user/base-system/uci; both are the same from 19.07 (fw3) to today's fw4.
 */
export const firewallOpenwrt = defineBlueprint({
  id: 'firewall-openwrt',
  title: 'OpenWrt',
  order: 94,
  offer: {
    section: 'firewall',
    value: 'openwrt',
    label: 'OpenWrt',
    hint: 'a script to run on the router',
    order: 14,
    group: 'router',
  },
  fields: {
    wan: {
      kind: 'interface',
      question: 'Which of the router’s zones is the internet?',
      description: 'zone of the firewall that is the internet; wan is OpenWrt’s own',
      default: 'wan',
      advanced: true,
    },
    zone: {
      kind: 'interface',
      question: 'In which of the router’s zones is the server?',
      description: 'zone of the firewall that the server is in; lan is OpenWrt’s own',
      default: 'lan',
      advanced: true,
    },
  },
  contribute: () => ({
    ...openRouter({
      name: 'OpenWrt router',
      file: 'firewall/openwrt.sh',
      how: 'Copy firewall/openwrt.sh to the router and run it there. “sh openwrt.sh check” shows what would be added; “remove” takes exactly that away again.',
    }),
    files: { 'firewall/openwrt.sh': { executable: true } },
  }),
  present(plan, { wan, zone }) {
    const view = routerFirewall(plan);
    return {
      ...view,
      wan,
      zone,
      hasMachines: view.machines.length > 0 || view.machines6.length > 0,
      // Names of sections hold letters, digits and underscores only. Two of them end the stack's own part of the name.
      prefix: `${named(view.tag)}__`,
      rows: view.rows.map(withSection),
      rows6: view.rows6.map(withSection),
    };
  },
});

function withSection<Row extends { readonly name: string }>(row: Row) {
  return { ...row, section: named(row.name) };
}

function named(text: string): string {
  return text.replaceAll('-', '_');
}
