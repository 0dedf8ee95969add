import type { Fields } from '../../src/blueprint.ts';

/** What is asked about it. */
export const fields = {
  days: {
    kind: 'integer',
    question: 'For how many days should the logs be kept?',
    description: 'days for which Loki keeps what the services say',
    default: 14,
    min: 1,
    max: 365,
  },
  gigabytes: {
    kind: 'integer',
    question: 'How much of the disk may the logs take, in GB?',
    description: 'GB of the disk that logs take at most; what is more than that is not kept',
    default: 5,
    min: 1,
    max: 1000,
    advanced: true,
  },
} as const satisfies Fields;
