import { defineBlueprint } from '../../src/blueprint.ts';

/** The server mails its owner when something is wrong, and when it is well again. */
export const alertsMail = defineBlueprint({
  id: 'alerts-mail',
  title: 'Alerts by mail',
  order: 97,
  offer: {
    section: 'alerts',
    value: 'mail',
    label: 'Yes, by mail',
    hint: 'the server has to be able to send mail',
    order: 4,
  },
  fields: {
    address: {
      kind: 'email',
      question: 'To which mail address?',
      description: 'mail address that hears of it when something is wrong',
    },
  },
  contribute: ({ own: { address } }) => ({
    steps: [
      {
        phase: 'after',
        title: 'See that mail arrives',
        detail: `Mail goes by the program sendmail of this server. Where there is none, msmtp-mta hands it to your mail provider. This sends one to ${address}:`,
        command: 'sudo ./stack check --test',
      },
    ],
  }),
});
