import {
  defineBlueprint,
  isIPv4,
  isIPv6,
  jitsiContainer,
  wayToProsody,
} from '../../src/blueprint.ts';
import { present } from './present.ts';

/** Parts of its script, which stand in no folder by themselves. */
const parts = ['begin', 'bridge', 'machine', 'place'] as const;

/** A bridge on a machine of its own: the same container as on the central one, which it reaches over TLS. */
export const machineBridge = defineBlueprint({
  id: 'machine-bridge',
  title: 'Videobridge of a further machine',
  order: 50,
  on: 'bridge',
  addresses: { jvb: 14 },
  formats: {
    stack: 'sh',
    '.env.example': 'env',
    '.gitignore': 'patterns',
    '*.conf': 'hocon',
  },
  contribute({ answers, release, machine, outside, memory }) {
    if (!machine) throw new Error('A bridge of a further machine needs that machine.');
    const { comments, directories, ...container } = jitsiContainer(release, 'jvb');
    const { publicAddresses, lanAddresses, mediaPort } = answers.network;
    const advertised = [...publicAddresses, ...lanAddresses];
    const six = advertised.some(isIPv6);
    const { server, extraHosts } = wayToProsody(machine);
    // Nothing else runs there.
    const heap = memory(0.5, 512, 3072);
    const beside = memory(0.1, 144, 384);
    return {
      services: [
        {
          ...container,
          name: 'jvb',
          about: 'Audio and video: takes over meetings, or parts of them, from the other bridges.',
          memory: heap + beside,
          ...(Object.keys(extraHosts).length > 0 && { extraHosts }),
          comments: {
            ...comments,
            'environment.JAVA_TOOL_OPTIONS':
              'By this the bridge knows the central machine’s prosody, and nobody else who says so.',
            'environment.JVB_ADVERTISE_IPS': six
              ? 'The IPv4 addresses that browsers are told to send to. The IPv6 one is in jitsi/jvb/stack.conf.'
              : 'The addresses that browsers are told to send to.',
            'environment.JVB_DISABLE_STUN':
              'The addresses are known, so no server of a third party has to be asked for them.',
            'environment.JVB_MUC_NICKNAME':
              'Unique among the bridges: of two with one name, jicofo sees one.',
            'environment.XMPP_SERVER': 'The central machine.',
          },
        },
      ],
      directories,
      environment: {
        jvb: {
          ENABLE_OCTO: true,
          JAVA_TOOL_OPTIONS: '-Djavax.net.ssl.trustStore=/config/trust.jks',
          JVB_ADVERTISE_IPS: advertised.filter(isIPv4).join(','),
          // The containers' own address leads to another container on each machine.
          JVB_ADVERTISE_PRIVATE_CANDIDATES: lanAddresses.length > 0,
          JVB_AUTH_PASSWORD: { secret: 'JVB_AUTH_PASSWORD' },
          JVB_DISABLE_STUN: true,
          JVB_MUC_NICKNAME: machine.name,
          JVB_OCTO_REGION: 'all',
          JVB_OCTO_RELAY_ID: machine.name,
          JVB_PORT: mediaPort,
          TZ: answers.host.timezone,
          XMPP_SERVER: server,
        },
      },
      defaults: { jvb: { VIDEOBRIDGE_MAX_MEMORY: `${heap}m` } },
      endpoints: [
        {
          name: 'media',
          protocol: 'udp',
          port: mediaPort,
          answer: 'machines',
          from: outside,
          service: 'jvb',
          purpose: 'Audio and video, of people and of the other bridges',
        },
      ],
      secrets: [
        { name: 'JVB_AUTH_PASSWORD', about: 'account of the bridges in prosody', given: true },
      ],
      files: {
        stack: { executable: true },
        'jitsi/jvb/custom-jvb.conf': { seeded: true },
        ...Object.fromEntries(
          parts.map((part) => [`stack.d/${part}.sh`, { absent: true } as const]),
        ),
      },
    };
  },
  present,
});
