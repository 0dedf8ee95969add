import { type Contribution, copiesProblems } from '../../src/blueprint.ts';

type Copies = NonNullable<Contribution['copies']>;

/** What is wrong with the answers, in sentences. */
export function problems({
  place,
  key,
  at,
}: Pick<Copies, 'place' | 'at'> & { readonly key?: string | undefined }) {
  return [
    ...(/^(?:[\w.-]+@)?[\w.-]+:(?!:|\/\/)[\w./~+@-]*$|^\/[\w./+@-]*$/.test(place) &&
    !/^-/.test(place)
      ? []
      : [
          {
            answer: 'backup.place',
            what: `“${place}” is no place for rsync over SSH.`,
            fix: 'Enter USER@HOST:FOLDER, such as backup@nas.example.org:meet, or the full path of a folder on this server, such as a mounted disk. Blanks and quotes cannot be in it.',
          },
        ]),
    ...(key === undefined || key === '' || isKey(key)
      ? []
      : [
          {
            answer: 'backup.key',
            what: 'The key is none that age or GPG encrypts for.',
            why: 'Only a public key belongs here; a private one in this file would be in git.',
            fix: 'Enter the line “age1…” that age-keygen prints, the line of an SSH key (ssh-ed25519 … or ssh-rsa …), or the 40 digits of a GPG fingerprint.',
          },
        ]),
    ...copiesProblems({ at }),
  ];
}

function isKey(key: string): boolean {
  return (
    /^age1[02-9ac-hj-np-z]{58}$/.test(key) ||
    /^ssh-(?:ed25519|rsa) [A-Za-z0-9+/]+=* ?[\w.@-]*$/.test(key) ||
    /^[0-9A-Fa-f]{40}$/.test(key)
  );
}
