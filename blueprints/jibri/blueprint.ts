import {
  defineBlueprint,
  recorderMemory as memory,
  recorderContainer,
  recorderLabels,
  recordersOf,
  streamAddress,
} from '../../src/blueprint.ts';
import { ownWay } from './own-way.ts';

/** Sits in a meeting unseen, with a browser and a screen of its own, and records or streams what it sees. */
export const jibri = defineBlueprint({
  id: 'jibri',
  title: 'Jibri (recorder)',
  order: 55,
  applies: (answers) => recordersOf(answers) !== undefined,
  formats: { '*.conf': 'hocon' },
  check: ({ answers, release: { tag, capabilities } }) => {
    if (capabilities.rootless) return [];
    const here = recordersOf({ ...answers, machines: [] }) !== undefined;
    return [
      {
        where: here ? 'extras' : 'machines',
        answer: 'release',
        what: `Recording and livestreaming do not work with ${tag}.`,
        why: 'There, the recorder is root with SYS_ADMIN, which is as good as root on its server, and its browser opens what people in a meeting show.',
        fix: `Choose stable-11146-1 or newer, or leave ${here ? 'recording and livestreaming out of the extras' : 'recorders out of the machines'}.`,
      },
    ];
  },
  contribute({ answers, release, url, gateway }) {
    const recorders = recordersOf(answers);
    if (!recorders) return {};
    const { recordings, streams, elsewhere, livestream } = recorders;
    const here = recordings + streams;
    const all = here + elsewhere;
    const open = answers.auth.mode === 'open';
    const extraHosts = ownWay(answers, gateway);
    const { comments, ...container } = recorderContainer(release, recordings > 0);
    const service = {
      ...container,
      about:
        'Records and streams: sits in the meeting unseen, with a browser and a screen of its own. One container for each at once.',
      dependsOn: { prepare: 'completed', prosody: 'healthy' },
      scale: here,
      extraHosts,
      comments: {
        ...comments,
        ...(Object.keys(extraHosts).length > 0 && {
          extra_hosts:
            'The page by the short way: many routers lead nobody inside to their own public address.',
        }),
      },
    } as const;
    return {
      ...(here > 0 && { services: [service], labels: { jibri: recorderLabels } }),
      environment: {
        ...(here > 0 && {
          jibri: {
            DISPLAY: ':0',
            JIBRI_RECORDER_PASSWORD: { secret: 'JIBRI_RECORDER_PASSWORD' },
            JIBRI_XMPP_PASSWORD: { secret: 'JIBRI_XMPP_PASSWORD' },
            PUBLIC_URL: url,
            TZ: answers.host.timezone,
            ...(answers.certificates.source === 'self-signed' && {
              IGNORE_CERTIFICATE_ERRORS: true,
            }),
          },
        }),
        jicofo: { ENABLE_RECORDING: true },
        prosody: {
          ENABLE_RECORDING: true,
          JIBRI_RECORDER_PASSWORD: { secret: 'JIBRI_RECORDER_PASSWORD' },
          JIBRI_XMPP_PASSWORD: { secret: 'JIBRI_XMPP_PASSWORD' },
        },
        web: {
          ENABLE_RECORDING: true,
          ENABLE_SERVICE_RECORDING: recordings + elsewhere > 0,
          ENABLE_LIVESTREAMING: livestream !== undefined,
          // By itself, the page takes nothing but YouTube's keys.
          ...(livestream?.to === 'server' && {
            ENABLE_LIVESTREAMING_VALIDATOR_REGEXP_STRING: `^${streamAddress(livestream)}$`,
          }),
        },
      },
      ...(here > 0 && { defaults: { jibri: { JIBRI_USAGE_TIMEOUT: '8 hours' } } }),
      secrets: [
        { name: 'JIBRI_XMPP_PASSWORD', about: 'account of the recorder in prosody' },
        {
          name: 'JIBRI_RECORDER_PASSWORD',
          about: 'account with which the recorder sits in meetings',
        },
      ],
      ...(here > 0 && {
        links: [
          { from: 'jibri', to: 'prosody', label: '5222' },
          { from: 'jibri', to: 'jvb', label: `${answers.network.mediaPort}/udp` },
        ],
      }),
      files:
        here > 0
          ? { 'jitsi/jibri/custom-jibri.conf': { seeded: true } }
          : {
              'jitsi/jibri/custom-jibri.conf': { absent: true },
              'jitsi/jibri/stack.conf': { absent: true },
            },
      notes: [
        ...(here > 0
          ? [
              {
                level: 'info' as const,
                text: `Each recording or stream takes two cores and ${memory / 1024} GB while it runs: ${here} at once on this server.`,
              },
            ]
          : []),
        ...(open
          ? [
              {
                level: 'warning' as const,
                text: 'Whoever moderates a room may record or stream it, and without accounts that is whoever opens one. --auth internal gives accounts to those who may.',
              },
            ]
          : []),
      ],
      troubles: [
        {
          symptom: 'Start recording or streaming is in no menu.',
          cause: 'Only moderators have it, and the page was loaded before it was switched on.',
          fix: 'Load the page again, and sign in as somebody who moderates.',
        },
        {
          symptom: 'Recording fails with “all recorders are busy” or “unavailable”.',
          cause: `One recorder does one thing at a time, and ${all === 1 ? 'there is one' : `there are ${all}`}. One that cannot open the page of this stack gives up, too.`,
          fix: `\`./stack status\` says whether jibri is healthy, \`./stack logs jibri\` what it said${elsewhere > 0 ? ', each on its own machine' : ''}. From its container, ${url} has to open with a certificate that browsers trust.`,
        },
      ],
    };
  },
  present({ answers }) {
    const { livestream } = recordersOf(answers) ?? {};
    return { allowed: livestream ? [streamAddress(livestream)] : [] };
  },
});
