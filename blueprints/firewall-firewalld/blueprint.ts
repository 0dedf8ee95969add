import { defineBlueprint, hostFirewall } from '../../src/blueprint.ts';

/** Rules for firewalld, and for what Docker publishes past it. */
export const firewallFirewalld = defineBlueprint({
  id: 'firewall-firewalld',
  title: 'firewalld firewall',
  order: 93,
  offer: {
    section: 'firewall',
    value: 'firewalld',
    label: 'firewalld on this server',
    hint: 'ports of the default zone, and direct rules for what Docker publishes',
    order: 3,
  },
  check: ({ answers }) =>
    answers.firewall.includes('ufw')
      ? [
          {
            answer: 'firewall',
            what: 'ufw and firewalld do not work on one server: each takes the other’s rules away.',
            fix: 'Choose one of them.',
          },
        ]
      : [],
  contribute: () => ({
    firewall: { name: 'firewalld' },
    files: { 'firewall/firewalld.sh': { executable: true } },
    troubles: [
      {
        symptom: 'Containers have lost their network since firewalld was started.',
        cause: 'firewalld threw Docker’s rules away when it started.',
        fix: 'Run `sudo systemctl restart docker`; it makes its rules again.',
      },
    ],
  }),
  present: (plan) => hostFirewall(plan, ':'),
});
