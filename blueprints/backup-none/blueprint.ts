import { defineBlueprint } from '../../src/blueprint.ts';

/** Backups are made by hand and stay where they are made. */
export const backupNone = defineBlueprint({
  id: 'backup-none',
  title: 'Backups by hand',
  order: 96,
  offer: {
    section: 'backup',
    value: 'none',
    label: 'No, I make backups by hand and take them away myself',
    hint: './stack backup writes one',
    order: 1,
  },
  contribute: () => ({}),
});
