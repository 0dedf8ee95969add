import { defineBlueprint, hostFirewall } from '../../src/blueprint.ts';

/** Rules for ufw, and for what Docker publishes past it. */
export const firewallUfw = defineBlueprint({
  id: 'firewall-ufw',
  title: 'ufw firewall',
  order: 92,
  offer: {
    section: 'firewall',
    value: 'ufw',
    label: 'ufw on this server',
    hint: 'ufw’s own rules, and a block that keeps Docker from bypassing them',
    order: 2,
  },
  contribute: () => ({
    firewall: { name: 'ufw' },
    files: { 'firewall/ufw.sh': { executable: true } },
    notes: [
      {
        level: 'warning',
        text: 'Docker’s published ports bypass the rules that “ufw status” shows. firewall/ufw.sh closes that way too, also for other containers on this server; theirs are opened in the list at the top of that script.',
      },
    ],
  }),
  present: (plan) => hostFirewall(plan, ':'),
});
