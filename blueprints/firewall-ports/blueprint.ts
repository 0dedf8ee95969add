import { defineBlueprint } from '../../src/blueprint.ts';

/** The port table for people, and SSH in it, so that no firewall made from it locks its owner out. */
export const firewallPorts = defineBlueprint({
  id: 'firewall-ports',
  title: 'Port table',
  order: 90,
  contribute({ answers, outside }) {
    const { exposure, sshPort } = answers.network;
    return {
      endpoints: [
        {
          name: 'ssh',
          protocol: 'tcp',
          port: sshPort,
          from: outside,
          service: 'host',
          forward: false,
          purpose: 'administration of this server',
        },
      ],
      steps: exposure === 'nat' ? [forwards] : [],
      troubles: [
        {
          symptom: 'Two people see each other, a third one makes everybody lose picture and sound.',
          cause:
            'Two talk directly; from three on, media go through the bridge, and its UDP port is not open on the way.',
          fix: 'Compare every firewall between the internet and this server with firewall/ports.md: router, cloud security group, and the server’s own.',
        },
        ...(exposure === 'nat' ? [hairpin] : []),
      ],
    };
  },
});

const forwards = {
  phase: 'before',
  title: 'Forward the ports on the router',
  detail:
    'What the router has to pass on to this server is listed in firewall/ports.md under “On the router”.',
} as const;

const hairpin = {
  symptom: 'The site works from the internet, but not from the server’s own network.',
  cause: 'The router does not lead its own public address back inside (no hairpin NAT).',
  fix: 'Let the local DNS answer the names of this site with the private address: firewall/ports.md, “Inside the local network”.',
} as const;
