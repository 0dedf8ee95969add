import {
  defineBlueprint,
  recordingEnvironment,
  recordingsDirectory,
  recordingsIn,
} from '../../src/blueprint.ts';

/** Recordings of meetings: files on this server, from the recorder of the feature `jibri`. */
export const extraRecording = defineBlueprint({
  id: 'extra-recording',
  title: 'Recording',
  order: 56,
  offer: {
    section: 'extras',
    value: 'recording',
    label: 'Recording',
    hint: 'moderators record a meeting into a file; takes two cores and 4 GB',
    says: 'Moderators can record meetings; the files stay on this server.',
    order: 4,
  },
  fields: {
    atOnce: {
      kind: 'integer',
      question: 'How many meetings are recorded at once, at most?',
      description: 'how many meetings are recorded at once; each takes two cores and 4 GB',
      default: 1,
      min: 1,
      max: 50,
    },
    days: {
      kind: 'integer',
      question: 'After how many days may a recording be deleted? (0: never)',
      description: 'after how many days a recording is deleted; 0 keeps all of them',
      default: 30,
      min: 0,
      max: 3650,
    },
    backup: {
      kind: 'boolean',
      question: 'Should backups hold the recordings too?',
      description: 'whether backups hold the recordings; one hour takes 1 GB or so',
      default: false,
      advanced: true,
    },
  },
  uses: ['recording'],
  contribute: ({ own }) => ({
    environment: { jibri: recordingEnvironment },
    directories: [{ ...recordingsDirectory, ...(!own.backup && { passing: true }) }],
    recordings: recordingsIn(own.days, own.atOnce),
    files: { 'jitsi/jibri/finalize.sh': { executable: true, seeded: true } },
    notes: [
      {
        level: 'info',
        text: `Recordings lie in data/recordings, ${own.days === 0 ? 'and stay until you delete them' : `for ${own.days} days`}, and are ${own.backup ? 'in every backup' : 'in no backup'}. An hour takes 1 to 1.5 GB. They are personal data: tell people before you record.`,
      },
    ],
    troubles: [
      {
        symptom: 'A recording ends in .mkv.',
        cause: 'It is still being made, or its recorder was killed before it could finish it.',
        fix: '`./stack recordings tidy` finishes those that nobody writes to any more; VLC plays them as they are, too.',
      },
    ],
  }),
});
