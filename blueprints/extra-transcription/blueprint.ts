import { defineBlueprint, nodeHealth } from '../../src/blueprint.ts';
import { releaseProblems, transcriptionProblems } from './check.ts';
import { fields } from './fields.ts';
import { host, port, tellsTheFocus, tellsTheProxy } from './focus.ts';
import { image } from './image.ts';
import { recogniserOf } from './recognisers.ts';
import { keyFor, stepsFor, troubles, warning } from './tell.ts';

const module = 'transcription_by_bridge';

/** Subtitles: the bridge sends voices to opus-transcriber-proxy, which has somebody turn them into text, and sends that back to the room. */
export const extraTranscription = defineBlueprint({
  id: 'extra-transcription',
  title: 'Transcription',
  order: 59,
  offer: {
    section: 'extras',
    value: 'transcription',
    label: 'Subtitles (transcription)',
    hint: 'moderators switch them on; needs a server that turns speech into text, or an account at a service',
    says: 'Moderators can switch on subtitles of what is said; nothing of them is kept.',
    order: 7,
  },
  fields,
  check: ({ answers, own, release }) => [
    ...releaseProblems(release),
    ...transcriptionProblems(answers, own),
  ],
  contribute({ own, memory }) {
    const recogniser = recogniserOf(own.by);
    const keys = keyFor(recogniser, own.serverKey);
    return {
      services: [
        {
          name: 'transcription',
          about:
            'Takes voices from the bridge, has somebody turn them into text, and gives that back. Keeps nothing.',
          image,
          user: '1000:1000',
          tmpfs: ['/tmp:size=16M,mode=1777,noexec'],
          aliases: [host],
          memory: memory(0.04, 160, 512),
          healthcheck: nodeHealth(port, '60s', '/health'),
          comments: {
            user: 'The image would run as root.',
          },
        },
      ],
      environment: {
        transcription: tellsTheProxy(own),
        // Names the keys below, which its image has no variables for.
        jicofo: { JAVA_TOOL_OPTIONS: '-Dconfig.override_with_env_vars=true' },
        web: { ENABLE_TRANSCRIPTIONS: true },
      },
      announces: { jicofo: tellsTheFocus(own) },
      lists: { prosody: { XMPP_BREAKOUT_MUC_MODULES: [module], XMPP_MUC_MODULES: [module] } },
      endpoints: [
        {
          name: 'transcription',
          protocol: 'tcp',
          port,
          from: 'containers',
          service: 'transcription',
          purpose: 'Voices of transcribed meetings, from the bridge',
        },
      ],
      secrets: keys,
      links: [{ from: 'jvb', to: 'transcription', label: `${port}` }],
      steps: stepsFor(keys, recogniser),
      notes: [warning(recogniser, own.server)],
      troubles,
    };
  },
});
