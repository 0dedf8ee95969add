import {
  accessContribution,
  accessProblems,
  defineBlueprint,
  guestsField,
  moderatorsField,
  type SigningIn,
} from '../../src/blueprint.ts';

const accounts: SigningIn = {
  signIn: 'password',
  opens: 'People with an account here can open rooms.',
  leaves: 'The accounts stay in data/prosody, and work again when you bring them back.',
  type: 'internal',
};

/** Accounts in prosody: only they open rooms. */
export const authInternal = defineBlueprint({
  id: 'auth-internal',
  title: 'Accounts on this server',
  order: 60,
  offer: {
    section: 'auth',
    value: 'internal',
    label: 'People with an account here',
    hint: 'you add them, with one command each; strangers cannot open rooms',
    order: 1,
  },
  uses: ['internal-accounts'],
  fields: { guests: guestsField('password'), moderators: moderatorsField('password') },
  check: ({ own }) => accessProblems(accounts, own),
  contribute({ answers, own }) {
    return {
      ...accessContribution(accounts, own, answers),
      steps: [
        {
          phase: 'after',
          fresh: 'accounts',
          title: 'Add yourself',
          detail: 'Only people with an account can open a room. You will be asked for a password.',
          command: './stack user add NAME',
        },
      ],
    };
  },
});
