import {
  type Answers,
  furtherBridges,
  type Problem,
  type Release,
  type ValuesOf,
} from '../../src/blueprint.ts';
import type { fields } from './fields.ts';
import { recogniserOf } from './recognisers.ts';

type Own = ValuesOf<typeof fields>;

/** BCP 47, as far as recognisers take it: `de`, `pt-BR`. */
const languageTag = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const modelName = /^[\w./:@-]{1,100}$/;
const example = 'ws://192.0.2.9:8000/v1/realtime?intent=transcription';

/** Of releases that do not have all of it. */
export function releaseProblems({ capabilities, tag }: Release): readonly Problem[] {
  if (capabilities.transcriptionByBridge) return [];
  return [
    {
      where: 'extras',
      answer: 'release',
      what: `Transcription does not work with ${tag}.`,
      why: 'Its page, its focus and its bridge have only parts of what it takes.',
      fix: 'Choose stable-11146-2 or newer, or leave transcription out of the extras.',
    },
  ];
}

/** Why speech could not become text, or strangers would pay with the owner’s money, in sentences. */
export function transcriptionProblems(answers: Answers, own: Own): readonly Problem[] {
  return [
    ...(own.by === 'own' ? serverProblems(own.server) : billProblems(answers, own.by)),
    ...wordProblems(own),
    ...(furtherBridges(answers).length === 0
      ? []
      : [
          {
            where: 'extras',
            answer: 'machines',
            what: 'Transcription does not work with bridges on further machines.',
            why: 'They would send all voices back to this server without encryption, because what receives them speaks no TLS.',
            fix: 'Leave transcription out of the extras, or the bridges out of the machines.',
          },
        ]),
  ];
}

function serverProblems(server = ''): readonly Problem[] {
  const no = (what: string, fix: string, why?: string): readonly Problem[] => [
    { answer: 'transcription.server', what, ...(why !== undefined && { why }), fix },
  ];
  if (server === '')
    return no(
      'Nobody has said which server turns speech into text.',
      `Name it with --transcription-server ${example}, or choose a service with --transcription-by openai.`,
    );
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (!url || !/^wss?:$/.test(url.protocol) || /\s/.test(server))
    return no(
      `“${server}” is no address of a server that is spoken to all the while.`,
      `Enter it with ws:// or wss://, such as ${example}.`,
      'Speech is recognised while it is spoken, over a WebSocket (OpenAI’s Realtime API). An address with https:// is of a server that takes whole files.',
    );
  if (
    url.username ||
    url.password ||
    [...url.searchParams.keys()].some((name) => /key|token|secret/i.test(name))
  )
    return no(
      'The address of the server has its key in it.',
      'Leave the key out of the address, answer --transcription-server-key, and enter it with ./stack secret TRANSCRIPTION_SERVER_KEY.',
      'Addresses are in git, and in the logs.',
    );
  if (/^(localhost|127\..*|\[::1\])$/.test(url.hostname))
    return no(
      `“${url.hostname}” leads a container to itself.`,
      'Enter the address at which other machines reach that server, also where it runs on this one.',
    );
  return [];
}

/** Whoever may open a room may have it transcribed. */
function billProblems({ auth }: Answers, by: string): readonly Problem[] {
  if (auth.mode !== 'open') return [];
  return [
    {
      where: 'extras',
      answer: 'auth.mode',
      what: `Transcription by ${recogniserOf(by)?.name} does not work in a stack where everybody may open rooms.`,
      why: 'Strangers would have their meetings transcribed on your bill.',
      fix: 'Choose who may open rooms, such as --auth internal, or a server of your own with --transcription-by own.',
    },
  ];
}

function wordProblems({ by, model, language }: Own): readonly Problem[] {
  const recogniser = recogniserOf(by);
  const named = model !== undefined && model !== '';
  return [
    ...(named && recogniser && recogniser.model === undefined
      ? [
          {
            answer: 'transcription.model',
            what: `${recogniser.name} has one model, and none is chosen.`,
            fix: 'Leave --transcription-model out.',
          },
        ]
      : []),
    ...(named && !modelName.test(model)
      ? [
          {
            answer: 'transcription.model',
            what: `“${model}” is no name of a model.`,
            fix: 'Enter it as the server or the service calls it, such as gpt-4o-transcribe.',
          },
        ]
      : []),
    ...(language !== undefined && language !== '' && !languageTag.test(language)
      ? [
          {
            answer: 'transcription.language',
            what: `“${language}” is no code of a language.`,
            fix: 'Enter the code, such as de, en or pt-BR, or leave it empty.',
          },
        ]
      : []),
  ];
}
