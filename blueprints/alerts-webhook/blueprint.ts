import { defineBlueprint } from '../../src/blueprint.ts';

/** The server writes to a chat of its owner’s when something is wrong, and when it is well again. */
export const alertsWebhook = defineBlueprint({
  id: 'alerts-webhook',
  title: 'Alerts in a chat',
  order: 97,
  offer: {
    section: 'alerts',
    value: 'webhook',
    label: 'Yes, in a chat (Mattermost, Slack, Matrix …)',
    hint: 'an incoming webhook that takes {"text": "…"}',
    order: 3,
  },
  contribute: () => ({
    secrets: [
      {
        name: 'NOTIFY_WEBHOOK',
        about: 'address of the incoming webhook that hears of it when something is wrong',
        given: true,
      },
    ],
    steps: [
      {
        phase: 'before',
        title: 'Say where messages go',
        detail:
          'The chat gives you its address where it makes an incoming webhook. Whoever knows it can write there, so it is a secret; this asks for it:',
        command: './stack secret NOTIFY_WEBHOOK',
      },
      {
        phase: 'after',
        title: 'See that a message arrives',
        detail: 'It goes by the program curl of this server.',
        command: 'sudo ./stack check --test',
      },
    ],
  }),
});
