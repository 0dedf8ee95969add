import type { Fields } from './field.ts';

const port = { kind: 'integer', min: 1, max: 65535, advanced: true } as const;

/** Where a stack is reached, for servers on which the usual ports or addresses have another use. */
export const portFields = {
  bind: {
    kind: 'choice',
    question: 'Which of the server’s addresses should the stack listen on?',
    description:
      'addresses of the server that the stack listens on: all, or those given above only',
    default: 'all',
    options: [
      { value: 'all', label: 'On all of them', hint: 'and on any that it gets later' },
      {
        value: 'given',
        label: 'Only on those given above',
        hint: 'another program has the same ports on another address',
      },
    ],
    advanced: true,
  },
  httpsPort: {
    ...port,
    question: 'Which port should the page use (https)?',
    description: 'port of the page; another one than 443 stands in every link',
    default: 443,
  },
  httpPort: {
    ...port,
    question: 'Which port should redirect plain http to https?',
    description: 'port that redirects to https; certificate authorities ask on 80',
    default: 80,
  },
  mediaPort: {
    ...port,
    question: 'Which UDP port should audio and video use?',
    description: 'UDP port of the bridge; each stack on a server needs its own',
    default: 10000,
  },
  localPort: {
    ...port,
    question: 'Which port on 127.0.0.1 should serve the page without TLS?',
    description: 'port on 127.0.0.1 for a reverse proxy on this server, and to look at the page',
    default: 8289,
  },
} as const satisfies Fields;
