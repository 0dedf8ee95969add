import { defineBlueprint, rebuildFields } from '../../src/blueprint.ts';

/** All images, built every night on the server itself, without a registry. */
export const rebuildTimer = defineBlueprint({
  id: 'rebuild-timer',
  title: 'Nightly rebuild on the server',
  order: 95,
  offer: {
    section: 'rebuild',
    value: 'timer',
    label: 'Yes, by this server itself at night',
    hint: 'without forge and registry; needs memory for a second stack for a few minutes',
    order: 8,
  },
  fields: rebuildFields,
  contribute: () => ({
    steps: [
      {
        phase: 'after',
        title: 'Install a scanner',
        detail:
          'trivy or grype, from their own package sources; without one of them no newer image is taken. rebuild.level none does without.',
      },
    ],
  }),
});
