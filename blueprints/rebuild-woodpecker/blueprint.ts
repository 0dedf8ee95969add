import { defineBlueprint, rebuilding, registryFields } from '../../src/blueprint.ts';

/** All images, built every day by Woodpecker. */
export const rebuildWoodpecker = defineBlueprint({
  id: 'rebuild-woodpecker',
  title: 'Daily rebuild by Woodpecker',
  order: 95,
  offer: {
    section: 'rebuild',
    value: 'woodpecker',
    label: 'Yes, by Woodpecker',
    hint: 'for a repository that is trusted to start Docker in Docker',
    order: 6,
  },
  fields: registryFields,
  formats: { '*.yaml': 'lines' },
  contribute({ answers }) {
    const { host = '' } = rebuilding(answers) ?? {};
    return {
      steps: [
        {
          phase: 'before',
          title: 'Let Woodpecker build the images',
          detail: `Push this repository and switch it on in Woodpecker. In its settings there, trust it with “security”, add the secrets registry_user and registry_token for ${host}, for the events cron, manual and push, and a cron job called “images” for the default branch; run it once.`,
        },
      ],
    };
  },
  present({ answers }) {
    const { architectures = [] } = rebuilding(answers) ?? {};
    return { architectures };
  },
});
