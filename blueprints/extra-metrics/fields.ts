import type { Fields } from '../../src/blueprint.ts';

/** Where the numbers are read, and who reads them. */
export const fields = {
  address: {
    kind: 'address',
    question: 'At which address of this server does your Prometheus ask?',
    description: 'the address of this server at which the numbers are read, of a VPN for example',
  },
  from: {
    kind: 'addresses',
    question: 'Which address does your Prometheus have?',
    description: 'the addresses that may read the numbers; nobody else may',
  },
  port: {
    kind: 'integer',
    question: 'At which port?',
    description: 'TCP port for the numbers',
    default: 9464,
    min: 1,
    max: 65535,
    advanced: true,
  },
} as const satisfies Fields;
