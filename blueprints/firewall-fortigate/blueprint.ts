import { changingName, defineBlueprint } from '../../src/blueprint.ts';
import { present } from './present.ts';

/** Commands for a FortiGate in front of the server: port forwards where it translates, and one policy. */
export const firewallFortigate = defineBlueprint({
  id: 'firewall-fortigate',
  title: 'FortiGate',
  order: 94,
  offer: {
    section: 'firewall',
    value: 'fortigate',
    label: 'FortiGate',
    hint: 'commands for its CLI: forwards and a policy',
    order: 10,
    group: 'router',
  },
  formats: { '*.conf': 'lines' },
  check: ({ answers }) =>
    changingName(answers.network) === undefined
      ? []
      : [
          {
            answer: 'firewall',
            what: 'The file for a FortiGate names the public address, and yours changes.',
            fix: 'Leave fortigate out of the list, and write virtual IPs for the interface’s address (extip 0.0.0.0) after firewall/ports.md.',
          },
        ],
  contribute: ({ answers }) => ({
    steps: [
      {
        phase: 'before',
        repeat: 'ports',
        covers: 'forwards',
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
        symptom: 'Behind a FortiGate, audio and video stop when several people join.',
        cause:
          'A DoS policy with udp_flood takes media for an attack, or an inspection profile holds it up.',
        fix: `Exempt UDP ${answers.network.mediaPort} of this server from the DoS policy (show firewall DoS-policy), and use no deep inspection on the jitsi policy.`,
      },
    ],
  }),
  present,
});
