import type { Fields } from '../../src/blueprint.ts';

export const fields = {
  wan: {
    kind: 'interface',
    question: 'Which interface of the FortiGate is the internet? (any is fine)',
    description:
      'interface, or zone, of the FortiGate that is the internet, such as wan1; any for all',
    // Where the address changes, what arrives at this interface is forwarded.
    default: ({ network }) =>
      network?.exposure === 'nat' && network.fixed === false ? 'wan1' : 'any',
  },
  inside: {
    kind: 'interface',
    question: 'Which interface of the FortiGate leads to the server? (any is fine)',
    description:
      'interface, or zone, of the FortiGate that leads to the server, such as dmz; any for all',
    default: 'any',
  },
  nat: {
    kind: 'choice',
    question: 'How does the FortiGate translate addresses?',
    description: 'how the FortiGate translates: get system settings | grep central-nat',
    default: 'policy',
    options: [
      { value: 'policy', label: 'By its policies', hint: 'as it comes' },
      { value: 'central', label: 'Centrally', hint: 'central NAT is on' },
    ],
    advanced: true,
  },
} as const satisfies Fields;
