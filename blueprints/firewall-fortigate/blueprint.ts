import { changingName, defineBlueprint, openRouter } from '../../src/blueprint.ts';
import { fields } from './fields.ts';
import { present } from './present.ts';

/**
 * Commands for a FortiGate in front of the server: port forwards where it translates, and one policy. From 6.4.0 on a policy has
 * both families (https://docs.fortinet.com/document/fortigate/6.4.0/new-features/815846); match-vip since 6.4.3 for denying ones
 * alone (…/6.4.8/fortios-release-notes/350283); hairpin after
 * https://community.fortinet.com/t5/FortiGate/Technical-Tip-Configuring-Hairpin-NAT-VIP/ta-p/195448 and …/ta-p/344045;
 * central-snat-map as in https://docs.fortinet.com/document/fortigate/6.2.8/cli-reference/311620.
 */
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
  fields,
  formats: { '*.conf': 'lines' },
  check: ({ answers, own }) =>
    changingName(answers.network) === undefined || own.wan !== 'any'
      ? []
      : [
          {
            answer: 'fortigate.wan',
            what: 'Your public address changes, so a FortiGate forwards what arrives at one of its interfaces, and any is none.',
            fix: 'Name the interface that is the internet, such as wan1.',
          },
        ],
  contribute: ({ answers }) => ({
    ...openRouter({
      name: 'FortiGate',
      file: 'firewall/fortigate.conf',
      how: 'Read firewall/fortigate.conf, then paste it into the CLI of the FortiGate. It adds objects whose names begin with jitsi- and the stack’s name, and a policy, and changes nothing that is there; fortigate-remove.conf takes them away.',
    }),
    troubles: [
      {
        symptom: 'Behind a FortiGate, audio and video stop when several people join.',
        cause:
          'A DoS policy with udp_flood takes media for an attack, or an inspection profile holds it up.',
        fix: `Exempt UDP ${answers.network.mediaPort} of this server from the DoS policy (show firewall DoS-policy), and use no deep inspection on the policy whose name begins with jitsi-.`,
      },
    ],
  }),
  present,
});
