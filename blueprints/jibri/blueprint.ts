import {
  busyLabel,
  defineBlueprint,
  jitsiContainer,
  recordersOf,
  streamAddress,
} from '../../src/blueprint.ts';
import { ownWay } from './own-way.ts';

/** Only inside the container. */
const api = 'http://127.0.0.1:2222/jibri/api/v1.0';
/** Chrome takes 1 GB for a page of many videos, ffmpeg half of that, and what is shared in memory counts too. */
const memory = 4096;

/** Sits in a meeting unseen, with a browser and a screen of its own, and records or streams what it sees. */
export const jibri = defineBlueprint({
  id: 'jibri',
  title: 'Jibri (recorder)',
  order: 55,
  applies: (answers) => recordersOf(answers) !== undefined,
  formats: { '*.conf': 'hocon' },
  check: ({ release: { tag, capabilities } }) =>
    capabilities.rootless
      ? []
      : [
          {
            where: 'extras',
            answer: 'release',
            what: `Recording and livestreaming do not work with ${tag}.`,
            why: 'There, the recorder is root with SYS_ADMIN, which is as good as root on the server, and its browser opens what people in a meeting show.',
            fix: 'Choose stable-11146-1 or newer, or leave recording and livestreaming out of the extras.',
          },
        ],
  contribute({ answers, release, url, gateway }) {
    const recorders = recordersOf(answers);
    if (!recorders) return {};
    const { recordings, streams, livestream } = recorders;
    const { comments, directories, volumes, tmpfs, ...container } = jitsiContainer(
      release,
      'jibri',
    );
    const open = answers.auth.mode === 'open';
    return {
      services: [
        {
          ...container,
          name: 'jibri',
          about:
            'Records and streams: sits in the meeting unseen, with a browser and a screen of its own. One container for each at once.',
          dependsOn: { prepare: 'completed', prosody: 'healthy' },
          memory,
          scale: recordings + streams,
          ...(release.services.jibri?.shmSize && { shmSize: release.services.jibri.shmSize }),
          volumes: [
            ...volumes,
            ...(recordings > 0
              ? [{ source: './data/recordings', target: '/storage/recordings', readOnly: false }]
              : []),
          ],
          tmpfs: [...tmpfs, '/storage:size=128M,mode=0755,uid=1000,gid=1000,noexec'],
          extraHosts: ownWay(answers, gateway),
          healthcheck: {
            test: ['CMD-SHELL', `curl -fsS ${api}/health | grep -q '"HEALTHY"'`],
            interval: '15s',
            timeout: '10s',
            retries: 4,
            startPeriod: '90s',
          },
          comments: {
            ...comments,
            shm_size: 'Chrome keeps pictures there, and the image does not start with less.',
            tmpfs:
              'Logs are in /storage/logs, and go with the container; ./stack logs jibri has what matters.',
            ...(Object.keys(ownWay(answers, gateway)).length > 0 && {
              extra_hosts:
                'The page by the short way: many routers lead nobody inside to their own public address.',
            }),
            'environment.JIBRI_USAGE_TIMEOUT': 'Who forgets to stop ends after this time.',
          },
        },
      ],
      directories,
      environment: {
        jibri: {
          DISPLAY: ':0',
          JIBRI_RECORDER_PASSWORD: { secret: 'JIBRI_RECORDER_PASSWORD' },
          JIBRI_XMPP_PASSWORD: { secret: 'JIBRI_XMPP_PASSWORD' },
          PUBLIC_URL: url,
          TZ: answers.host.timezone,
          ...(answers.certificates.source === 'self-signed' && { IGNORE_CERTIFICATE_ERRORS: true }),
        },
        jicofo: { ENABLE_RECORDING: true },
        prosody: {
          ENABLE_RECORDING: true,
          JIBRI_RECORDER_PASSWORD: { secret: 'JIBRI_RECORDER_PASSWORD' },
          JIBRI_XMPP_PASSWORD: { secret: 'JIBRI_XMPP_PASSWORD' },
        },
        web: {
          ENABLE_RECORDING: true,
          ENABLE_SERVICE_RECORDING: recordings > 0,
          ENABLE_LIVESTREAMING: livestream !== undefined,
          // By itself, the page takes nothing but YouTube's keys.
          ...(livestream?.to === 'server' && {
            ENABLE_LIVESTREAMING_VALIDATOR_REGEXP_STRING: `^${streamAddress(livestream)}$`,
          }),
        },
      },
      defaults: { jibri: { JIBRI_USAGE_TIMEOUT: '8 hours' } },
      labels: {
        jibri: { [busyLabel]: `curl -fsS ${api}/health | grep -q '"BUSY"'` },
      },
      secrets: [
        { name: 'JIBRI_XMPP_PASSWORD', about: 'account of the recorder in prosody' },
        {
          name: 'JIBRI_RECORDER_PASSWORD',
          about: 'account with which the recorder sits in meetings',
        },
      ],
      links: [
        { from: 'jibri', to: 'prosody', label: '5222' },
        { from: 'jibri', to: 'jvb', label: `${answers.network.mediaPort}/udp` },
      ],
      files: { 'jitsi/jibri/custom-jibri.conf': { seeded: true } },
      notes: [
        {
          level: 'info',
          text: `Each recording or stream takes two cores and ${memory / 1024} GB while it runs: ${recordings + streams} at once on this server.`,
        },
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
          cause: `One recorder does one thing at a time, and ${recordings + streams === 1 ? 'there is one' : `there are ${recordings + streams}`}. One that cannot open the page of this stack gives up, too.`,
          fix: `./stack status says whether jibri is healthy, ./stack logs jibri what it said. From its container, ${url} has to open with a certificate that browsers trust.`,
        },
      ],
    };
  },
  present({ answers }) {
    const { livestream } = recordersOf(answers) ?? {};
    return { allowed: livestream ? [streamAddress(livestream)] : [] };
  },
});
