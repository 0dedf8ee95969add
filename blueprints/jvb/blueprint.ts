import {
  type Answers,
  changingName,
  channelIsWebSocket,
  defineBlueprint,
  fixedAddress,
  isIPv4,
  isIPv6,
  type JitsiContainer,
  jitsiContainer,
} from '../../src/blueprint.ts';

/** The videobridge: receives and forwards everybody’s audio and video. */
export const jvb = defineBlueprint({
  id: 'jvb',
  title: 'Videobridge',
  order: 50,
  addresses: { jvb: 14 },
  formats: { '*.conf': 'hocon' },
  contribute({ answers, release, outside, url, changing, address, memory }) {
    const { comments, directories, ...container } = jitsiContainer(release, 'jvb');
    const { publicAddresses, lanAddresses, mediaPort } = answers.network;
    const advertised = [...publicAddresses, ...lanAddresses];
    // The image maps what it is told onto its IPv4 address, an IPv6 one too: a pair of the two connects and carries nothing.
    const four = advertised.filter(isIPv4);
    const six = advertised.filter(isIPv6);
    const own = address('jvb');
    const heap = memory(0.3, 128, 3072);
    const beside = memory(0.1, 144, 384);
    const overWebSocket = channelIsWebSocket(answers, release);
    // The page asks for the bridge by its id, and web takes only that one for an address.
    const id = String(answers.settings.JVB_WS_SERVER_ID ?? own.ipv4);
    return {
      services: [
        {
          ...container,
          ...(changing && { entrypoint: followed(container) }),
          name: 'jvb',
          about:
            'Audio and video: every participant sends to the bridge, and it forwards to the others.',
          dependsOn: { prepare: 'completed', prosody: 'healthy' },
          memory: heap + beside,
          comments: {
            ...comments,
            'environment.JVB_ADVERTISE_IPS': changing
              ? 'The address in the local network; jitsi/jvb/address.sh puts the public one before it, which changes.'
              : told(four, six),
            'environment.JVB_DISABLE_STUN':
              'The addresses are known, so no server of a third party has to be asked for them.',
            'environment.JVB_ADVERTISE_PRIVATE_CANDIDATES':
              'The relay reaches the bridge at its address in the containers’ network.',
            'environment.VIDEOBRIDGE_MAX_MEMORY':
              'Java’s heap; its default of 3 GB is more than a small server has.',
          },
        },
      ],
      directories,
      meetings: {
        service: 'jvb',
        metrics: 'http://127.0.0.1:8080/metrics',
        gauge: 'jitsi_jvb_conferences',
        drain: 'http://127.0.0.1:8080/colibri/drain',
      },
      links: [{ from: 'jvb', to: 'prosody', label: '5222' }],
      environment: {
        jvb: {
          JVB_AUTH_PASSWORD: { secret: 'JVB_AUTH_PASSWORD' },
          JVB_ADVERTISE_IPS: four.join(','),
          JVB_ADVERTISE_PRIVATE_CANDIDATES: true,
          JVB_DISABLE_STUN: true,
          JVB_PORT: mediaPort,
          ...(overWebSocket && { PUBLIC_URL: url }),
          TZ: answers.host.timezone,
        },
      },
      defaults: {
        jvb: {
          VIDEOBRIDGE_MAX_MEMORY: `${heap}m`,
          ...(overWebSocket && { JVB_WS_SERVER_ID: id }),
        },
        ...(overWebSocket && { web: { COLIBRI_WEBSOCKET_REGEX: id.replaceAll('.', '\\.') } }),
      },
      routes: overWebSocket
        ? [
            {
              path: '/colibri-ws/',
              kind: 'channel' as const,
              service: 'web',
              port: release.capabilities.webPorts.http,
            },
          ]
        : [],
      endpoints: [
        {
          name: 'media',
          protocol: 'udp',
          port: mediaPort,
          answer: 'network.mediaPort',
          from: outside,
          service: 'jvb',
          purpose: 'Audio and video',
        },
      ],
      files: {
        'jitsi/jvb/custom-jvb.conf': { seeded: true },
        'jitsi/jvb/stack.conf': six.length > 0 ? {} : { absent: true },
        'jitsi/jvb/address.sh': changing ? {} : { absent: true },
      },
      notes: [
        ...(isOff(answers.settings.ENABLE_SCTP) && !overWebSocket ? [noChannel] : []),
        ...(outside === 'internet' && !changing && !publicAddresses.some(isIPv4) ? [onlySix] : []),
      ],
      troubles: [
        {
          symptom:
            'Two people can talk, but when a third joins, everybody sees black or is thrown out after half a minute.',
          cause: `Two people are connected directly. With three, the bridge is used, and either UDP port ${mediaPort} does not reach it or it tells browsers the wrong addresses.`,
          fix: `Open UDP ${mediaPort} in every firewall and forward it in the router, and check that network in \`jitsi-stack.json\` has ${changing ? `a name that leads here (${changing})` : `the addresses that lead here (${advertised.join(', ')})`}. With \`#config.p2p.enabled=false\` after the room’s address two people can test the bridge.`,
        },
      ],
    };
  },
  present: ({ answers: { network: asked }, network }) => ({
    inner: fixedAddress(network, 'jvb', 'jvb').ipv6 ?? '',
    outer: [...asked.publicAddresses, ...asked.lanAddresses].filter(isIPv6),
    changing: changingName(asked) ?? '',
    near: asked.lanAddresses.filter(isIPv4).join(','),
  }),
});

/** Runs what the image would, with the public address of this moment; the older images have the hooks elsewhere. */
function followed({
  entrypoint = ['/init'],
  volumes,
}: Pick<JitsiContainer, 'entrypoint' | 'volumes'>): readonly string[] {
  const hooks = volumes.find(({ source }) => source === './jitsi/jvb')?.target ?? '/config';
  return ['/bin/sh', `${hooks}/address.sh`, ...entrypoint];
}

const noChannel = {
  level: 'warning',
  text: 'ENABLE_SCTP is off, and so is ENABLE_COLIBRI_WEBSOCKET: the bridge has no channel to browsers, so nobody is shown larger when he speaks. Leave one of them on.',
} as const;

const onlySix = {
  level: 'warning',
  text: 'This server has no public IPv4 address, so people without IPv6, as in many offices, cannot join. Check too that docker pull reaches the registry of the images from there.',
} as const;

/** Why the variable holds what it does. Without an IPv4 address it is there all the same, so that nothing else sets it. */
function told(four: readonly string[], six: readonly string[]): string {
  const what =
    four.length > 0
      ? `The ${six.length > 0 ? 'IPv4 ' : ''}addresses that browsers are told to send to.`
      : 'This server has no IPv4 address to tell browsers.';
  const wrong =
    four.length > 0 ? ' When they are wrong, two people can talk and the third sees black.' : '';
  if (six.length === 0) return `${what}${wrong}`;
  return `${what}${wrong}\nThe IPv6 ones are in jitsi/jvb/stack.conf: here, the image would map them onto the container’s IPv4 address.`;
}

function isOff(value: Answers['settings'][string] | undefined): boolean {
  return value === false || value === 0 || value === '0';
}
