import { defineBlueprint, type Known } from '../../src/blueprint.ts';
import { checkServer } from './check.ts';

/** Streams of meetings, sent on by the recorder of the feature `jibri`. */
export const extraLivestreaming = defineBlueprint({
  id: 'extra-livestreaming',
  title: 'Livestreaming',
  order: 57,
  offer: {
    section: 'extras',
    value: 'livestreaming',
    label: 'Livestreaming',
    hint: 'moderators stream a meeting to YouTube or to a server of yours; takes two cores and 4 GB',
    says: 'Moderators can stream meetings to the public.',
    order: 5,
  },
  fields: {
    to: {
      kind: 'choice',
      question: 'Where are meetings streamed to?',
      description: 'where streams may go; nowhere else',
      default: 'youtube',
      options: [
        { value: 'youtube', label: 'YouTube', hint: 'with the stream key of a channel' },
        { value: 'server', label: 'A server that takes RTMP', hint: 'your own, or a provider’s' },
      ],
    },
    server: {
      kind: 'text',
      question: 'Which address does it take streams at, without the key?',
      description:
        'the address for streams, such as rtmps://live.example.org/app; the key follows it',
      optional: true,
      advanced: ({ livestreaming }: Known) => Object(livestreaming).to !== 'server',
    },
    atOnce: {
      kind: 'integer',
      question: 'How many meetings are streamed at once, at most?',
      description: 'how many meetings are streamed at once; each takes two cores and 4 GB',
      default: 1,
      min: 1,
      max: 50,
    },
  },
  uses: ['recording'],
  check: ({ own }) => checkServer(own),
  contribute: ({ own }) => ({
    notes: [
      {
        level: 'info',
        text:
          own.to === 'youtube'
            ? 'Streams go to YouTube and nowhere else. Its terms and its privacy policy hold for whoever watches.'
            : `Streams go to ${own.server} and nowhere else. People start one with the whole address: ${own.server}/KEY.`,
      },
    ],
  }),
});
