import { defineBlueprint, rebuilding, registryFields } from '../../src/blueprint.ts';
import { actions } from './actions.ts';

/** All images, built every day by GitHub Actions. */
export const rebuildGithub = defineBlueprint({
  id: 'rebuild-github',
  title: 'Daily rebuild by GitHub Actions',
  order: 95,
  offer: {
    section: 'rebuild',
    value: 'github',
    label: 'Yes, by GitHub Actions',
    hint: 'this repository has to be at GitHub',
    order: 2,
  },
  fields: registryFields,
  formats: { '*.yml': 'lines' },
  contribute({ answers }) {
    const { host = '' } = rebuilding(answers) ?? {};
    const secrets =
      host === packages ? '' : `, give it the secrets REGISTRY_USER and REGISTRY_TOKEN for ${host}`;
    return {
      steps: [
        {
          phase: 'before',
          title: 'Let GitHub build the images',
          detail: `Push this repository${secrets} and run its workflow “images” once, under Actions.`,
        },
      ],
      troubles: [
        {
          symptom: 'GitHub does not build the images any more.',
          cause:
            'GitHub stops the schedule of a public repository in which nothing has happened for 60 days.',
          fix: 'Enable the workflow “images” again under Actions; each commit starts the count anew.',
        },
      ],
    };
  },
  present({ answers }) {
    const { host = '', architectures = [] } = rebuilding(answers) ?? {};
    return {
      checkout: actions['actions/checkout'],
      /** GitHub's own token opens its own registry. */
      own: host === packages,
      machines: architectures.map((architecture) => runners[architecture as keyof typeof runners]),
    };
  },
});

/** GitHub's own registry. */
const packages = 'ghcr.io';

/** GitHub's machines, by processor. */
const runners = { amd64: 'ubuntu-24.04', arm64: 'ubuntu-24.04-arm' } as const;
