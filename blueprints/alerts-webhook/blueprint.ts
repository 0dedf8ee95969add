import { alertsTo, defineBlueprint } from '../../src/blueprint.ts';

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
  contribute: () =>
    alertsTo({
      name: 'NOTIFY_WEBHOOK',
      about: 'address of the incoming webhook that hears of it when something is wrong',
      detail:
        'The chat gives you its address where it makes an incoming webhook. Whoever knows it can write there, so it is a secret; this asks for it:',
    }),
});
