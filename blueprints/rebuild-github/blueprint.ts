import { defineBlueprint } from '../../src/blueprint.ts';

/** All images with the security updates of their distributions, built every day by GitHub Actions. */
export const rebuildGithub = defineBlueprint({
  id: 'rebuild-github',
  title: 'Daily rebuild by GitHub Actions',
  order: 95,
  offer: {
    section: 'rebuild',
    value: 'github',
    label: 'Yes, by GitHub Actions',
    hint: 'this repository has to be at GitHub, or a forge that runs its workflows',
    order: 2,
  },
  fields: {
    registry: {
      kind: 'registry',
      question: 'Where are the rebuilt images kept?',
      description: 'registry and path for the rebuilt images, such as ghcr.io/owner/name',
    },
  },
  formats: { '*.yml': 'lines', 'images/rebuilt/Dockerfile': 'lines' },
  contribute({ own: { registry } }) {
    const { host, github } = forgeOf(registry);
    return {
      rebuild: { registry, context: './images/rebuilt' },
      steps: [
        {
          phase: 'before',
          title: 'Let the forge build the images',
          detail: `Push this repository${github ? '' : `, give it the secrets REGISTRY_USER and REGISTRY_TOKEN for ${host},`} and run its workflow “images” once. Until then, and whenever the registry cannot be reached, the first start builds them on this server.`,
        },
        {
          phase: 'before',
          title: 'Let this server pull them',
          detail:
            'Needed while the images are private; a token that may only read packages is enough.',
          command: `docker login ${host}`,
        },
      ],
      troubles: [
        {
          symptom: 'The rebuilt images are days old.',
          cause:
            'GitHub stops the schedule of a public repository in which nothing has happened for 60 days.',
          fix: 'Enable the workflow “images” again under Actions; each commit starts the count anew.',
        },
      ],
    };
  },
  present: ({ services }, { registry }) => ({
    ...forgeOf(registry),
    // Those that can run anywhere: the relay wants this server's addresses, ACME its name.
    started: services
      .filter(
        ({ healthcheck, lifetime, network, blueprint }) =>
          healthcheck &&
          lifetime === 'always' &&
          network !== 'host' &&
          blueprint !== 'certificates-acme',
      )
      .map(({ name }) => name),
  }),
});

/** Where the images are kept, and whether GitHub's own token opens it. */
function forgeOf(registry: string) {
  const [host = ''] = registry.split('/');
  return { host, github: host === 'ghcr.io' };
}
