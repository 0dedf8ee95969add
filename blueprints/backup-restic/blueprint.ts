import { copiesFields, defineBlueprint } from '../../src/blueprint.ts';
import { problems } from './check.ts';

/** Every night a backup goes into a restic repository, which is encrypted and keeps what changed. */
export const backupRestic = defineBlueprint({
  id: 'backup-restic',
  title: 'Backups to another machine (restic)',
  order: 96,
  offer: {
    section: 'backup',
    value: 'restic',
    label: 'To another machine, with restic',
    hint: 'encrypted with a password that is made for it; for those who have restic already',
    order: 3,
  },
  fields: {
    place: {
      kind: 'text',
      question: 'Which restic repository should the copies go to?',
      description:
        'restic repository for the copies, such as sftp:backup@nas.example.org:meet, or a folder',
    },
    ...copiesFields,
  },
  check: ({ own }) => problems(own),
  contribute: ({ own: { place, at, keep } }) => ({
    copies: { program: 'restic', place, at, keep, secret: 'RESTIC_PASSWORD' },
    secrets: [
      { name: 'RESTIC_PASSWORD', about: 'password of the restic repository with the copies' },
    ],
    files: { 'scripts/send.sh': { executable: true } },
    steps: [
      {
        phase: 'after',
        title: 'Keep the copies’ password elsewhere',
        detail:
          'RESTIC_PASSWORD in .env opens the copies. When this server is lost, .env is too: write the password down where you find it then.',
      },
      {
        phase: 'after',
        title: 'Let this server reach the place of the copies',
        detail: `Root makes them, so root needs restic, and for sftp a key that is let in there without a question (ssh-keygen, ssh-copy-id). Then ./stack backup makes one and says whether it arrived at ${place}.`,
        command: 'sudo ./stack backup',
      },
    ],
  }),
  present: (_, { place }) => ({ place }),
});
