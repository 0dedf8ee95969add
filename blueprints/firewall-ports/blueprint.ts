import { defineBlueprint } from '../../src/blueprint.ts';
import { present } from './present.ts';

/** The port table for people, and SSH in it, so that no firewall made from it locks its owner out. */
export const firewallPorts = defineBlueprint({
  id: 'firewall-ports',
  title: 'Port table',
  order: 90,
  on: 'every',
  contribute({ answers, machine, outside }) {
    const { exposure, sshPort } = answers.network;
    return {
      endpoints: [
        {
          name: 'ssh',
          protocol: 'tcp',
          port: sshPort,
          answer: 'network.sshPort',
          from: outside,
          service: 'host',
          forward: false,
          administration: true,
          purpose: 'Administration of this server',
        },
      ],
      // Pieces that the files for providers include.
      files: {
        'provider.d/ports.tf': { absent: true },
        'provider.d/ports.sh': { absent: true },
        'provider.d/commands.sh': { absent: true },
      },
      steps: [...(exposure === 'nat' ? [forwards] : []), ...(machine ? [] : [lookFromOutside])],
      troubles: exposure === 'nat' ? [hairpin] : [],
    };
  },
  present,
});

const forwards = {
  phase: 'before',
  repeat: 'ports',
  topic: 'forwards',
  title: 'Forward the ports on the router',
  detail:
    'What the router has to pass on to this server is listed in firewall/ports.md under “On the router”.',
} as const;

const lookFromOutside = {
  phase: 'after',
  title: 'Check it from outside',
  detail:
    'Run this on another computer, in a copy of this folder. It checks what visitors can reach, and tells you how to fix what they cannot.',
  command: 'npx create-jitsi-stack@latest doctor',
} as const;

const hairpin = {
  symptom: 'The site works from the internet, but not from the server’s own network.',
  cause: 'Your router does not lead its own public address back inside (no hairpin NAT).',
  fix: 'Let the local DNS server answer with the records above, under “From the local network”.',
} as const;
