import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  {
    extras: ['transcription'],
    transcription: {
      server: 'wss://speech.example.org/v1/realtime?intent=transcription&model=whisper',
      serverKey: true,
      model: 'Systran/faster-whisper-small',
    },
  },
  {
    extras: ['transcription'],
    auth: { mode: 'internal', guests: 'wait' },
    transcription: { by: 'deepgram', language: 'de' },
  },
];
