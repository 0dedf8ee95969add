import { isInCluster, type Known } from '../../src/blueprint.ts';
import { relayPorts } from './limits.ts';
import { relayNameFor } from './name.ts';

const port = { kind: 'integer', min: 1, max: 65535, advanced: true } as const;

/** What is asked about the relay. */
export const fields = {
  domain: {
    kind: 'hostname',
    question: 'What name should the relay have?',
    description: 'name of the TURN server; another one than the meeting site’s',
    default: ({ domain }: Known) => (domain === undefined ? undefined : relayNameFor(domain)),
    advanced: true,
  },
  share443: {
    kind: 'boolean',
    question: 'Will people join from offices, schools or hospitals that only allow web browsing?',
    labels: { yes: 'Yes, or not sure' },
    description: 'the relay shares port 443 with the page, which strict firewalls let through',
    default: ({ edge }: Known) => edge?.proxy === 'haproxy',
    // These edges leave no choice, no company's firewall stands in front of a local network, and in a cluster the relay has a port
    // 443 of its own.
    advanced: (known: Known) =>
      known.edge?.proxy === 'haproxy' ||
      known.edge?.proxy === 'external' ||
      known.network?.exposure === 'lan' ||
      isInCluster(known),
  },
  port: {
    ...port,
    question: 'Which port should the relay use for UDP and TCP?',
    description: 'the relay’s port for UDP and TCP',
    default: 3478,
  },
  tlsPort: {
    ...port,
    question: 'Which port should the relay use for TLS?',
    description: 'the relay’s port for TLS',
    default: 5349,
  },
  firstRelayPort: {
    ...port,
    question: 'Which UDP port should the relay’s range start at?',
    description: `first of the ${relayPorts.number} UDP ports that the relay sends from`,
    default: relayPorts.first,
    max: 65536 - relayPorts.number,
  },
  clientAddress: {
    kind: 'choice',
    question: 'Whose address should coTURN see for people who come through port 443?',
    description:
      'whose address coTURN sees and logs for clients that come through the shared port 443',
    default: 'edge',
    advanced: true,
    options: [
      {
        value: 'edge',
        label: 'That of HAProxy or NGINX',
        hint: 'quotas are for each name, so they hold anyway',
      },
      {
        value: 'go-mmproxy',
        label: 'The client’s own, through go-mmproxy',
        hint: 'right in its answers and logs; a second coTURN and two containers more',
      },
    ],
  },
} as const;
