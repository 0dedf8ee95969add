import { copiesProblems } from '../../src/blueprint.ts';

/** What is wrong with the answers, in sentences. */
export function problems({ place, at }: { readonly place: string; readonly at: string }) {
  return [
    ...(/^sftp:(?:[\w.-]+@)?[\w.-]+:[\w./~+@-]+$|^\/[\w./+@-]+$/.test(place)
      ? []
      : [
          {
            answer: 'backup.place',
            what: `“${place}” is no restic repository that this stack can use.`,
            fix: 'Enter sftp:USER@HOST:FOLDER, such as sftp:backup@nas.example.org:meet, or the full path of a folder on this server, such as a mounted disk.',
          },
        ]),
    ...copiesProblems({ at }),
  ];
}
