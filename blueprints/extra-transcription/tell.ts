import type { Contribution, Step, Trouble } from '../../src/blueprint.ts';
import { ownKey, type Recogniser } from './recognisers.ts';

type Secret = NonNullable<Contribution['secrets']>[number];
type Note = NonNullable<Contribution['notes']>[number];

/** The key that its owner has from somebody else; a server of one’s own may want none. */
export function keyFor(recogniser: Recogniser | undefined, wanted: boolean): readonly Secret[] {
  if (recogniser)
    return [
      { name: recogniser.key, about: `key of your account at ${recogniser.name}`, given: true },
    ];
  return wanted
    ? [{ name: ownKey, about: 'key of your server that turns speech into text', given: true }]
    : [];
}

/** It becomes part of a subprotocol, which is a token (RFC 6455, 4.1): with any other character the proxy does not even ask. */
const keyForm =
  ' Letters, digits and - . _ ~ may stand in it: where it is sent, nothing else may, so a key with +, / or = does not work.';

export function stepsFor(
  keys: readonly Secret[],
  recogniser: Recogniser | undefined,
): readonly Step[] {
  return [
    ...(recogniser
      ? [
          {
            phase: 'before' as const,
            title: `Limit what ${recogniser.name} may cost`,
            detail: `Every minute that somebody speaks in a transcribed meeting is on your bill. Set a limit for each month at ${recogniser.name}, and read what it says of data protection before you send it other people’s voices.`,
          },
        ]
      : []),
    ...keys.map(({ name, about }) => ({
      phase: 'before' as const,
      title: `Enter the ${about}`,
      detail: `It is asked for and goes into .env, which no copy of the repository has.${name === ownKey ? keyForm : ''}`,
      command: `./stack secret ${name}`,
    })),
    {
      phase: 'meeting',
      title: 'Switch subtitles on',
      detail:
        'As a moderator, from the menu with the three dots. Everybody in the room is told, and sees the text beside the chat.',
    },
  ];
}

export function warning(recogniser: Recogniser | undefined, server = ''): Note {
  const whereTo = recogniser
    ? `Voices leave your server: while subtitles are on, ${recogniser.name} gets everything that anybody in the room says. Tell people before they come.`
    : `While subtitles are on, everything that anybody in the room says goes to ${hostOf(server)}.`;
  return {
    level: 'warning',
    text: `${whereTo} Nothing of it is kept here. Transcription has not been tried with Jitsi’s own page and images.`,
  };
}

function hostOf(server: string): string {
  return URL.canParse(server) ? new URL(server).host : 'your server';
}

export const troubles: readonly Trouble[] = [
  {
    symptom: 'Subtitles are on, and there is no text.',
    cause:
      'Whoever turns speech into text does not answer, or refuses the key or the model; the key of your server has characters that cannot be sent (“Invalid Sec-WebSocket-Protocol”); or the bridge has not reached the container transcription.',
    fix: '`./stack logs transcription` says what it was answered, `./stack logs jvb` whether the bridge came through (“Websocket connected”).',
  },
  {
    symptom: 'Text stands beside the chat, and not on the picture.',
    cause:
      'On the picture, Jitsi shows only what is in the language that its viewer has chosen for subtitles.',
    fix: 'Choose the language that is spoken, or read beside the chat, where everything is.',
  },
];
