import { defineBlueprint, rebuilding, registryFields } from '../../src/blueprint.ts';

/** All images, built every day by Jenkins. */
export const rebuildJenkins = defineBlueprint({
  id: 'rebuild-jenkins',
  title: 'Daily rebuild by Jenkins',
  order: 95,
  offer: {
    section: 'rebuild',
    value: 'jenkins',
    label: 'Yes, by Jenkins',
    hint: 'in a multibranch pipeline, with agents that have Docker',
    order: 7,
  },
  fields: registryFields,
  formats: { Jenkinsfile: 'lines' },
  contribute({ answers }) {
    const { host = '', architectures = [] } = rebuilding(answers) ?? {};
    return {
      steps: [
        {
          phase: 'before',
          title: 'Let Jenkins build the images',
          detail: `Push this repository, make a multibranch pipeline of it with agents that have Docker and the labels “docker” and ${architectures.map((one) => `“${one}”`).join(' or ')}, and keep the account for ${host} there as credentials of the kind “username with password” called “registry”. Run it once.`,
        },
      ],
    };
  },
  present({ answers }) {
    const { architectures = [] } = rebuilding(answers) ?? {};
    return { architectures };
  },
});
