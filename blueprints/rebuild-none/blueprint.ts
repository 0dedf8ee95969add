import { defineBlueprint, pinFields } from '../../src/blueprint.ts';

/** The images as their makers publish them. */
export const rebuildNone = defineBlueprint({
  id: 'rebuild-none',
  title: 'Published images',
  order: 95,
  offer: {
    section: 'rebuild',
    value: 'none',
    label: 'No: take them as their makers publish them',
    hint: 'updates come with the next release',
    order: 1,
  },
  fields: pinFields,
  contribute: () => ({}),
});
