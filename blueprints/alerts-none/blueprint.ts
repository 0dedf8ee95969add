import { defineBlueprint } from '../../src/blueprint.ts';

/** Nobody is told; whoever wants to know asks. */
export const alertsNone = defineBlueprint({
  id: 'alerts-none',
  title: 'No alerts',
  order: 97,
  offer: {
    section: 'alerts',
    value: 'none',
    label: 'No, I look myself',
    hint: './stack check says it, for a monitoring of yours too',
    order: 1,
  },
  contribute: () => ({}),
});
