import type { Problem } from '../../src/blueprint.ts';

/** A host with a port, an application, and no key, name or password in it. */
const address = /^rtmps?:\/\/[a-z0-9][a-z0-9.-]*(:\d{1,5})?(\/[A-Za-z0-9._~-]+)+$/i;

/** What is wrong with the place where streams go, in sentences. */
export function checkServer({
  to,
  server,
}: {
  readonly to: string;
  readonly server: string | undefined;
}): readonly Problem[] {
  if (to !== 'server') return [];
  if (server === undefined)
    return [
      {
        answer: 'livestreaming.server',
        what: 'Nobody has said which server takes the streams.',
        fix: 'Name it with --livestreaming-server rtmps://live.example.org/app.',
      },
    ];
  if (address.test(server)) return [];
  return [
    {
      answer: 'livestreaming.server',
      what: `“${server}” is no address that streams can be sent to.`,
      why: 'It begins with rtmp:// or rtmps:// and has a path, and the key is entered when a stream starts.',
      fix: 'Enter it without the key, such as rtmps://live.example.org/app.',
    },
  ];
}
