import type { Fields, Known } from '../../src/blueprint.ts';

/** What is asked about the SIP account that calls go through. */
export const fields = {
  account: {
    kind: 'text',
    question: 'Which SIP account do calls go through?',
    description: 'the SIP account, such as 4930123456@sip.example.org',
    optional: true,
  },
  room: {
    kind: 'text',
    question: 'Which room do people reach who call its number?',
    description: 'the room of whoever calls the account’s number, unless a PBX names another',
    optional: true,
  },
  numbers: {
    kind: 'text',
    question: 'Which numbers reach rooms by PIN? (DE +49 30 123456)',
    description:
      'numbers of a telephone exchange that asks callers for a PIN, with their country: DE +49 30 123456, CH +41 44 123456',
    optional: true,
  },
  server: {
    kind: 'text',
    question: 'Which server does the account register at?',
    description: 'the SIP server, where it is another one than the account names',
    optional: true,
    advanced: true,
  },
  transport: {
    kind: 'choice',
    question: 'How does it speak to the SIP server?',
    description: 'how the gateway speaks to the SIP server',
    default: 'udp',
    options: [
      { value: 'udp', label: 'UDP', hint: 'what most providers have' },
      { value: 'tcp', label: 'TCP' },
      { value: 'tls', label: 'TLS', hint: 'nobody on the way sees who is called' },
    ],
    advanced: true,
  },
  port: {
    kind: 'integer',
    question: 'At which port of the SIP server?',
    description: 'port of the SIP server',
    default: ({ telephone }: Known) => (Object(telephone).transport === 'tls' ? 5061 : 5060),
    min: 1,
    max: 65535,
    advanced: true,
  },
  firstPort: {
    kind: 'integer',
    question: 'Which is the first of 51 UDP ports for voices?',
    description: 'first of the 51 UDP ports at which voices arrive',
    default: 20000,
    min: 1024,
    max: 65485,
    advanced: true,
  },
} as const satisfies Fields;
