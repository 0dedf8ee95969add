import { defineBlueprint, rebuilding, registryFields } from '../../src/blueprint.ts';

/** All images, built every day by GitLab CI. */
export const rebuildGitlab = defineBlueprint({
  id: 'rebuild-gitlab',
  title: 'Daily rebuild by GitLab CI',
  order: 95,
  offer: {
    section: 'rebuild',
    value: 'gitlab',
    label: 'Yes, by GitLab CI',
    hint: 'with runners that may start Docker in Docker',
    order: 3,
  },
  fields: registryFields,
  formats: { '.gitlab-ci.yml': 'lines' },
  contribute({ answers }) {
    const { host = '' } = rebuilding(answers) ?? {};
    return {
      steps: [
        {
          phase: 'before',
          title: 'Let GitLab build the images',
          detail: `Push this repository, and make a schedule for every night under Build > Pipeline schedules; run it once. Unless ${host} is GitLab’s own registry, add the protected, masked variables REGISTRY_USER and REGISTRY_TOKEN under Settings > CI/CD.`,
        },
      ],
    };
  },
  present({ answers }) {
    const { architectures = [] } = rebuilding(answers) ?? {};
    return {
      machines: architectures.map((architecture) => `saas-linux-medium-${architecture}`),
    };
  },
});
