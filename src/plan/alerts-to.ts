import type { Contribution } from './blueprint.ts';

/** What it takes to hear of troubles at an address that is as good as a password. */
export function alertsTo({
  name,
  about,
  detail,
}: {
  /** Of the secret that holds the address. */
  readonly name: string;
  readonly about: string;
  /** Where its owner gets the address from; what asks for it stands below. */
  readonly detail: string;
}): Contribution {
  return {
    secrets: [{ name, about, given: true }],
    steps: [
      {
        phase: 'before',
        title: 'Say where messages go',
        detail,
        command: `./stack secret ${name}`,
      },
      {
        phase: 'after',
        title: 'See that a message arrives',
        detail: 'It goes by the program curl of this server.',
        command: 'sudo ./stack check --test',
      },
    ],
  };
}
