import { defineBlueprint, jitsiContainer } from '../../src/blueprint.ts';
import { accessProblems, accountProblems, hostOf } from './check.ts';
import { dialIn, dialInProblems } from './dial-in.ts';
import { fields } from './fields.ts';
import { present } from './present.ts';
import { stepsFor, troubles, warning } from './tell.ts';

/** As many as Jitsi's own compose file publishes: a call takes two. */
const voicePorts = 51;

/**
 * Jigasi's health is 503 until it is registered at the SIP server. Then it is 500, “GW not ready.”, for good unless
 * JIGASI_HEALTH_CHECK_SIP_URI names what it calls as a test (`Health.check`, `HandlerImpl.doGetHealthJSON`).
 */
const healthcheck = {
  test: [
    'CMD-SHELL',
    "curl -sS -w '%{http_code}' http://127.0.0.1:8788/about/health | grep -q -e 'GW not ready' -e '200$'",
  ],
  interval: '15s',
  timeout: '10s',
  retries: 4,
  startPeriod: '90s',
} as const;

/** An answer that was emptied is one that was taken back. */
const given = (answer = '') => (answer.trim() === '' ? undefined : answer);

/** The telephone gateway (Jigasi): meetings call people, and people call a meeting, through a SIP account. */
export const extraTelephone = defineBlueprint({
  id: 'extra-telephone',
  title: 'Telephone',
  order: 58,
  offer: {
    section: 'extras',
    value: 'telephone',
    label: 'Telephone',
    hint: 'meetings call people, and people call a room; needs an account of a SIP provider or a PBX',
    says: 'People in a meeting can call telephones, through your SIP account.',
    order: 6,
  },
  fields,
  formats: {
    '*.properties': 'lines',
    '*.json': 'hocon',
    '*.curl': 'lines',
    '*.xml': 'lines',
    'telephone/asterisk/extensions.conf': 'lines',
    'jitsi/web/nginx-custom/telephone.conf': 'nginx',
  },
  check: ({ answers, own, release }) => [
    ...accessProblems(answers),
    ...accountProblems({ ...own, room: given(own.room) }),
    ...dialInProblems(given(own.numbers), release),
  ],
  contribute({ answers, own, release, url, outside, memory }) {
    const { comments, directories, ...container } = jitsiContainer(release, 'jigasi');
    const { account = '', transport, port, firstPort } = own;
    const [room, numbers] = [given(own.room), given(own.numbers)];
    const calls = dialIn(numbers !== undefined, answers, url);
    const server = own.server ?? hostOf(account);
    const lastPort = firstPort + voicePorts - 1;
    const heap = memory(0.08, 192, 1024);
    const beside = memory(0.05, 128, 256);
    return {
      services: [
        {
          ...container,
          name: 'jigasi',
          about:
            'The telephone gateway: sits in a meeting for each call, and speaks SIP with the provider.',
          dependsOn: { prepare: 'completed', prosody: 'healthy' },
          memory: heap + beside,
          healthcheck,
          comments: {
            ...comments,
            healthcheck:
              'Not the image’s script: without a number that is called every five minutes, that one never finds it healthy.',
            'environment.JIGASI_MAX_MEMORY':
              'Java’s heap; its default is more than a small server has.',
          },
        },
      ],
      directories,
      ...calls,
      environment: {
        ...calls.environment,
        jigasi: {
          ENABLE_AUTH: true,
          ENABLE_GUESTS: answers.auth.guests !== 'none',
          JIGASI_PORT_MAX: lastPort,
          JIGASI_PORT_MIN: firstPort,
          JIGASI_SIP_PASSWORD: { secret: 'JIGASI_SIP_PASSWORD' },
          JIGASI_SIP_PORT: port,
          JIGASI_SIP_SERVER: server,
          JIGASI_SIP_TRANSPORT: transport.toUpperCase(),
          JIGASI_SIP_URI: account,
          JIGASI_XMPP_PASSWORD: { secret: 'JIGASI_XMPP_PASSWORD' },
          PUBLIC_URL: url,
          TZ: answers.host.timezone,
          ...(room !== undefined && { JIGASI_SIP_DEFAULT_ROOM: room }),
        },
        // Where it is set, the focus has a room for gateways, and tells the page that it can call.
        jicofo: { JIGASI_SIP_URI: account },
        prosody: { JIGASI_XMPP_PASSWORD: { secret: 'JIGASI_XMPP_PASSWORD' } },
      },
      defaults: { jigasi: { JIGASI_MAX_MEMORY: `${heap}m` } },
      endpoints: [
        {
          name: 'voices',
          protocol: 'udp',
          port: firstPort,
          lastPort,
          answer: 'telephone.firstPort',
          from: outside,
          service: 'jigasi',
          purpose: 'Voices of telephone calls, from the SIP provider',
        },
      ],
      secrets: [
        ...(calls.secrets ?? []),
        { name: 'JIGASI_XMPP_PASSWORD', about: 'account of the telephone gateway in prosody' },
        { name: 'JIGASI_SIP_PASSWORD', about: `password of ${account} at ${server}`, given: true },
      ],
      links: [
        { from: 'jigasi', to: 'prosody', label: '5222' },
        { from: 'jigasi', to: 'jvb', label: `${answers.network.mediaPort}/udp` },
        ...(calls.links ?? []),
      ],
      files: {
        ...calls.files,
        'jitsi/jigasi/custom-sip-communicator.properties': { seeded: true },
      },
      steps: [...(calls.steps ?? []), ...stepsFor({ account, server, room, numbers }, url)],
      notes: [warning],
      troubles: [...troubles, ...(calls.troubles ?? [])],
    };
  },
  present,
});
