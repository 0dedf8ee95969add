import { alertsTo, defineBlueprint } from '../../src/blueprint.ts';

/** The server writes to a topic of ntfy when something is wrong, and when it is well again. */
export const alertsNtfy = defineBlueprint({
  id: 'alerts-ntfy',
  title: 'Alerts by ntfy',
  order: 97,
  offer: {
    section: 'alerts',
    value: 'ntfy',
    label: 'Yes, on my phone, with ntfy',
    hint: 'the app ntfy is free; a topic with a name that nobody guesses',
    order: 2,
  },
  contribute: () =>
    alertsTo({
      name: 'NOTIFY_NTFY',
      about:
        'address of the ntfy topic that hears of it when something is wrong, such as https://ntfy.sh/…',
      detail:
        'Subscribe in the app ntfy to a topic whose name nobody guesses: whoever knows it can read along. Then enter its address, such as https://ntfy.sh/NAME, in place of a password:',
    }),
});
