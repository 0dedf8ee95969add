import { copiesFields, defineBlueprint } from '../../src/blueprint.ts';
import { problems } from './check.ts';

/** Every night a backup goes to another machine by rsync over SSH, encrypted before it leaves. */
export const backupRsync = defineBlueprint({
  id: 'backup-rsync',
  title: 'Backups to another machine (rsync)',
  order: 96,
  offer: {
    section: 'backup',
    value: 'rsync',
    label: 'To another machine, with rsync over SSH',
    hint: 'a NAS or any server with SSH; encrypted for a key of yours if you have one',
    order: 2,
  },
  fields: {
    place: {
      kind: 'text',
      question: 'Where should the copies go?',
      description:
        'where copies go, such as backup@nas.example.org:meet, or a folder on this server',
    },
    key: {
      kind: 'text',
      question:
        'For which public key are they encrypted? (age1…, ssh-ed25519 …, or a GPG fingerprint; empty: not at all)',
      description:
        'public key that copies are encrypted for: age1…, ssh-ed25519 … or a GPG fingerprint',
      optional: true,
    },
    ...copiesFields,
  },
  check: ({ own }) => problems(own),
  contribute: ({ own: { place, key, at, keep } }) => ({
    copies: { program: 'rsync', place, at, keep, ...(key && { key }) },
    files: { 'scripts/send.sh': { executable: true } },
    steps: [
      {
        phase: 'after',
        title: 'Let this server reach the place of the copies',
        detail: `Root makes them, so root needs a key that is let in there without a question (ssh-keygen, ssh-copy-id), and the program rsync here and there. Then ./stack backup makes one and says whether it arrived at ${place}.`,
        command: 'sudo ./stack backup',
      },
    ],
    notes: key
      ? []
      : [
          {
            level: 'warning',
            text: `The copies at ${place} are not encrypted: whoever reads them has all accounts, secrets and keys. --backup-key takes the public key of age or GPG.`,
          },
        ],
  }),
  present: (_, { place }) => ({ place }),
});
