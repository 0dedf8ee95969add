import { defineBlueprint } from '../../src/blueprint.ts';
import { present } from './present.ts';

/** Commands for a FortiGate in front of the server: port forwards where it translates, and one policy. */
export const firewallFortigate = defineBlueprint({
  id: 'firewall-fortigate',
  title: 'FortiGate',
  order: 94,
  offer: {
    section: 'firewall',
    value: 'fortigate',
    label: 'FortiGate in front of this server',
    hint: 'commands for its CLI: forwards and a policy',
    order: 4,
  },
  formats: { '*.conf': 'lines' },
  contribute: ({ answers }) => ({
    steps: [
      {
        phase: 'before',
        repeat: 'ports',
        title: 'Open the FortiGate',
        detail:
          'Read firewall/fortigate.conf, then paste it into the CLI of the FortiGate. It adds objects named jitsi-… and a policy, and changes nothing that is there.',
      },
    ],
    notes: [
      {
        level: 'warning',
        text: 'firewall/fortigate.conf follows the vendor’s documentation of FortiOS 7; it has not been tried on a FortiGate. Check from outside afterwards, as firewall/ports.md says.',
      },
    ],
    troubles: [
      {
        symptom: 'Behind a FortiGate, sound and picture stop when several people join.',
        cause:
          'A DoS policy with udp_flood takes media for an attack, or an inspection profile holds it up.',
        fix: `Exempt UDP ${answers.network.mediaPort} of this server from the DoS policy (show firewall DoS-policy), and use no deep inspection on the jitsi policy.`,
      },
    ],
  }),
  present,
});
