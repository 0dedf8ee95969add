import {
  accessContribution,
  accessProblems,
  defineBlueprint,
  type Known,
  moderatorsField,
  type SigningIn,
} from '../../src/blueprint.ts';

const open: SigningIn = {
  signIn: 'nothing',
  opens: 'Anybody who knows the address can open rooms.',
};

/** Where only the local network reaches the server nobody has to be asked, and the yes is not given for another network. */
const onlyInside = ({ network }: Known) => (network?.exposure === 'lan' ? false : undefined);

/** No accounts: whoever knows a room's name may open it. */
export const authOpen = defineBlueprint({
  id: 'auth-open',
  title: 'Open to everybody',
  order: 60,
  offer: {
    section: 'auth',
    value: 'open',
    label: 'Anybody',
    hint: 'strangers can hold meetings here too; only for closed networks',
    order: 9,
  },
  fields: {
    strangers: {
      kind: 'boolean',
      question:
        'Anybody on the internet will be able to hold meetings on this server. Is that what you want?',
      description:
        'yes, anybody on the internet may hold meetings here; without it a server that the internet reaches is not open',
      consent: true,
      default: onlyInside,
    },
    moderators: { ...moderatorsField('nothing'), advanced: true },
  },
  check({ answers, own }) {
    const refused = answers.network.exposure !== 'lan' && !own.strangers;
    return [
      ...accessProblems(open, own),
      ...(refused
        ? [
            {
              answer: 'auth.strangers',
              what: 'Anybody on the internet could hold meetings on this server.',
              why: 'It is reached from there, and auth.mode open asks nobody who they are.',
              fix: 'Choose --auth internal; or say with --auth-strangers that this is what you want.',
            },
          ]
        : []),
    ];
  },
  contribute({ answers, outside, own }) {
    return {
      ...accessContribution(open, own, answers),
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
