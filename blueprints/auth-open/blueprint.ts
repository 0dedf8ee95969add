import { defineBlueprint } from '../../src/blueprint.ts';

/** No accounts: whoever knows a room's name may open it. */
export const authOpen = defineBlueprint({
  id: 'auth-open',
  title: 'Open to everybody',
  order: 60,
  offer: {
    section: 'auth',
    value: 'open',
    label: 'Anybody who knows the address',
    hint: 'no accounts; fine behind a closed network, risky on the internet',
    order: 2,
  },
  contribute({ outside }) {
    return {
      environment: {
        web: { ENABLE_AUTH: false },
        prosody: { ENABLE_AUTH: false },
        jicofo: { ENABLE_AUTH: false },
      },
      notes:
        outside === 'internet'
          ? [
              {
                level: 'warning',
                text: 'Anybody on the internet can hold meetings on this server. Accounts are one answer away: --auth internal.',
              },
            ]
          : [],
    };
  },
});
