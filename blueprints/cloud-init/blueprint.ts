import { defineBlueprint } from '../../src/blueprint.ts';

/** What a rented server needs to set itself up at its first boot, for whoever rents it with cloud-init. */
export const cloudInit = defineBlueprint({
  id: 'cloud-init',
  title: 'cloud-init',
  order: 0,
  applies: ({ host }) => host.cloneFrom !== undefined,
  // A string of JavaScript is one of YAML, which has JSON in it.
  formats: { 'cloud-init.yaml': 'javascript' },
  contribute: ({ answers }) => ({
    files: { 'cloud-init.yaml': {} },
    steps: [
      {
        phase: 'before',
        fresh: 'server',
        covers: 'server',
        title: 'Rent the server with cloud-init.yaml',
        detail: `Push this folder to ${answers.host.cloneFrom}, then paste cloud-init.yaml where the provider asks for user data. The server installs Docker, clones the folder to /opt/meet and starts it; point DNS at its address as soon as you know it.`,
      },
    ],
    troubles: [
      {
        symptom: 'The server is there, and nothing answers after ten minutes.',
        cause: 'cloud-init could not clone the folder, or could not install Docker.',
        fix: 'On the server: `sudo cat /var/log/cloud-init-output.log`',
      },
    ],
  }),
  present: ({ answers }) => ({ repository: answers.host.cloneFrom ?? '' }),
});
