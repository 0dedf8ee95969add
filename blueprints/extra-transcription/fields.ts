import type { Fields, Known } from '../../src/blueprint.ts';

const notOwn = ({ transcription }: Known) => Object(transcription).by !== 'own';

/** What is asked about whoever turns speech into text. */
export const fields = {
  by: {
    kind: 'choice',
    question: 'Who turns speech into text?',
    description:
      'who turns speech into text: a server of your own, or a service that gets all voices',
    default: 'own',
    options: [
      { value: 'own', label: 'A server of yours', hint: 'voices stay with you' },
      { value: 'openai', label: 'OpenAI', hint: 'all voices go there, for money' },
      { value: 'deepgram', label: 'Deepgram', hint: 'all voices go there, for money' },
      { value: 'gemini', label: 'Google Gemini', hint: 'all voices go there, for money' },
      { value: 'xai', label: 'xAI', hint: 'all voices go there, for money' },
    ],
  },
  server: {
    kind: 'text',
    question: 'What is the address of its Realtime API? (ws:// or wss://)',
    description:
      'the address at which a server of yours speaks OpenAI’s Realtime API, such as ws://192.0.2.9:8000/v1/realtime',
    optional: true,
    advanced: notOwn,
  },
  serverKey: {
    kind: 'boolean',
    question: 'Does that server want a key?',
    description: 'whether the server of yours wants a key',
    default: false,
    advanced: notOwn,
  },
  model: {
    kind: 'text',
    question: 'Which model?',
    description:
      'the model that turns speech into text; the default is the one of opus-transcriber-proxy',
    optional: true,
    advanced: notOwn,
  },
  language: {
    kind: 'text',
    question: 'Which language do people speak?',
    description: 'the language that people speak, such as de; found out when left out',
    optional: true,
    advanced: true,
  },
} as const satisfies Fields;
