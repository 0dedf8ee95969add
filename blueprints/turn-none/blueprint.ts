import { defineBlueprint } from '../../src/blueprint.ts';

/** No relay. */
export const turnNone = defineBlueprint({
  id: 'turn-none',
  title: 'No relay',
  order: 80,
  offer: {
    section: 'turn',
    value: 'none',
    label: 'Nobody',
    hint: 'people whose firewall blocks UDP will see and hear nothing',
    order: 3,
  },
  contribute() {
    return {
      notes: [
        {
          level: 'info',
          text: 'Without a relay, people whose firewall lets no UDP out (many companies and hotels) join but see and hear nobody.',
        },
      ],
    };
  },
});
