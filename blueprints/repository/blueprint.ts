import { defineBlueprint } from '../../src/blueprint.ts';

/** What makes the stack a repository of its own: README, git's rules, the names of the secrets. */
export const repository = defineBlueprint({
  id: 'repository',
  title: 'Repository',
  order: 0,
  contribute({ answers }) {
    const { exposure, publicAddresses, lanAddresses } = answers.network;
    const reached = exposure === 'lan' ? lanAddresses : publicAddresses;
    return {
      view: { reached },
      steps: [
        {
          phase: 'before',
          title: `Point ${answers.domain} at this server`,
          detail: `DNS: ${answers.domain} → ${reached.join(', ')}.`,
        },
      ],
    };
  },
});
