import { defineBlueprint, rebuilding, registryFields } from '../../src/blueprint.ts';

/** All images, built every day by Travis CI. */
export const rebuildTravis = defineBlueprint({
  id: 'rebuild-travis',
  title: 'Daily rebuild by Travis CI',
  order: 95,
  offer: {
    section: 'rebuild',
    value: 'travis',
    label: 'Yes, by Travis CI',
    hint: 'with machines for both processors',
    order: 4,
  },
  fields: registryFields,
  formats: { '.travis.yml': 'lines' },
  contribute({ answers }) {
    const { host = '' } = rebuilding(answers) ?? {};
    return {
      steps: [
        {
          phase: 'before',
          title: 'Let Travis build the images',
          detail: `Push this repository and switch it on at Travis. In its settings there, add REGISTRY_USER and REGISTRY_TOKEN for ${host}, hidden and for the default branch only, and a daily cron job for that branch; run it once.`,
        },
      ],
    };
  },
  present({ answers }) {
    const { architectures = [] } = rebuilding(answers) ?? {};
    return { architectures };
  },
});
