import { defineBlueprint } from '../../src/blueprint.ts';

/** The page as Jitsi makes it. */
export const brandingNone = defineBlueprint({
  id: 'branding-none',
  title: 'Jitsi’s own look',
  order: 32,
  offer: {
    section: 'branding',
    value: 'jitsi',
    label: 'No, Jitsi’s own are fine',
    order: 1,
  },
  contribute: () => ({}),
});
