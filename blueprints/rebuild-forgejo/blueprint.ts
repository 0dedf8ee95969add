import { defineBlueprint, rebuilding, registryFields } from '../../src/blueprint.ts';

/** All images, built every day by the Actions of Forgejo or Gitea. */
export const rebuildForgejo = defineBlueprint({
  id: 'rebuild-forgejo',
  title: 'Daily rebuild by Forgejo or Gitea Actions',
  order: 95,
  offer: {
    section: 'rebuild',
    value: 'forgejo',
    label: 'Yes, by Forgejo or Gitea Actions',
    hint: 'with a runner on a machine that has Docker',
    order: 5,
  },
  fields: registryFields,
  formats: { '*.yml': 'lines' },
  contribute({ answers }) {
    const { host = '', architectures = [] } = rebuilding(answers) ?? {};
    const labels = architectures.map((one) => `images-${one}:host`).join(' and ');
    return {
      steps: [
        {
          phase: 'before',
          title: 'Let your forge build the images',
          detail: `Register a runner with the label ${labels} on a machine with Docker; it must not be this server. Push this repository, give it the secrets REGISTRY_USER and REGISTRY_TOKEN for ${host}, and run its workflow “images” once, under Actions.`,
        },
      ],
    };
  },
  present({ answers }) {
    const { architectures = [] } = rebuilding(answers) ?? {};
    return {
      machines: architectures.map((architecture) => `images-${architecture}`),
      first: `images-${architectures[0] ?? 'amd64'}`,
    };
  },
});
