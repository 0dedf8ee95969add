import type { Fields } from '../../src/blueprint.ts';

/** What is asked about it. */
export const fields = {
  seen: {
    kind: 'choice',
    question: 'Where should the graphs be seen?',
    description: 'where Grafana is reached: from this server and through SSH, or at /grafana/',
    default: 'server',
    options: [
      {
        value: 'server',
        label: 'On this server only, and through SSH',
        hint: 'nothing is published',
      },
      {
        value: 'page',
        label: 'At /grafana/ of the page, with a password',
        hint: 'anybody can try passwords there',
      },
    ],
  },
  port: {
    kind: 'integer',
    question: 'At which port of this server?',
    description: 'port of 127.0.0.1 for Grafana',
    default: 3000,
    min: 1,
    max: 65535,
    advanced: true,
  },
  days: {
    kind: 'integer',
    question: 'For how many days should the numbers be kept?',
    description: 'days for which Prometheus keeps numbers, 2 GB at most',
    default: 30,
    min: 1,
    max: 730,
    advanced: true,
  },
} as const satisfies Fields;
