import { defineBlueprint } from '../../src/blueprint.ts';

/** Accounts in prosody: only they open rooms. */
export const authInternal = defineBlueprint({
  id: 'auth-internal',
  title: 'Accounts on this server',
  order: 60,
  offer: {
    section: 'auth',
    value: 'internal',
    label: 'People with an account on this server',
    hint: 'you add them with ./stack user add; guests may join the rooms that they open',
    order: 1,
  },
  uses: ['internal-accounts'],
  fields: {
    guests: {
      kind: 'boolean',
      question: 'May guests without an account join once somebody with one is there?',
      description: 'guests may join rooms that an account holder opened',
      default: true,
      advanced: true,
    },
  },
  contribute({ own: { guests } }) {
    return {
      environment: {
        web: { ENABLE_AUTH: true, ENABLE_GUESTS: guests },
        prosody: { ENABLE_AUTH: true, ENABLE_GUESTS: guests, AUTH_TYPE: 'internal' },
        jicofo: { ENABLE_AUTH: true, AUTH_TYPE: 'internal' },
      },
      steps: [
        {
          phase: 'after',
          title: 'Add yourself',
          detail: 'Only people with an account can open a room. The password is asked for.',
          command: './stack user add NAME',
        },
      ],
    };
  },
});
