import { domainToUnicode } from 'node:url';
import {
  addressesOf,
  changingName,
  defineBlueprint,
  furtherBridges,
  isIPv4,
  isIPv6,
  isMeasured,
} from '../../src/blueprint.ts';
import { relayAddresses } from './addresses.ts';
import { container, healthcheck } from './container.ts';
import { fields } from './fields.ts';
import { ciphers, limits, relayPorts } from './limits.ts';
import { checkShared } from './shared.ts';

/** coTURN in the stack: carries media for people whose firewall lets no UDP out. */
export const turnCoturn = defineBlueprint({
  id: 'turn-coturn',
  title: 'coTURN relay',
  order: 80,
  offer: {
    section: 'turn',
    value: 'coturn',
    label: 'coTURN in this stack',
    hint: 'lets people behind strict firewalls join, through TCP 3478 or TLS 5349',
    order: 1,
  },
  fields,
  addresses: ({ turn }) => (turn.clientAddress === 'go-mmproxy' ? { 'coturn-443': 13 } : {}),
  formats: { '*.conf': 'coturn' },
  check({ answers, own }) {
    return [
      ...(own.domain === answers.domain
        ? [
            {
              answer: 'turn.domain',
              what: 'The relay needs another name than the meeting site.',
              why: 'On a shared port only the name tells the two apart.',
              fix: `Choose one such as turn.${answers.domain}.`,
            },
          ]
        : []),
      ...checkShared(answers.edge.proxy, own),
    ];
  },
  contribute({ answers, own, release, outside, reached, address, memory }) {
    const { listening } = relayAddresses(answers.network);
    const { tlsPort } = own;
    const tlsOutside = own.share443 ? answers.network.httpsPort : tlsPort;
    const own443 = own.clientAddress === 'go-mmproxy';
    const inner = own443 ? address('coturn-443') : { ipv4: '' };
    /** Where the edge passes the relay's TLS on to. */
    const door = own443
      ? { name: 'relay-go-mmproxy', address: inner.ipv4, port: 4444 }
      : own.share443
        ? { name: 'coturn', address: listening[0] ?? '', port: tlsPort }
        : undefined;
    const served = { from: outside, service: 'coturn' } as const;
    return {
      services: [
        {
          ...container(memory(0.06, 48, 1024)),
          name: 'coturn',
          about:
            'The relay. In the host’s own network: publishing its range of ports would start two processes for each.',
          network: 'host',
          healthcheck: healthcheck(listening[0] ?? '', own.port),
        },
        ...(own443
          ? [
              {
                ...container(memory(0.04, 48, 512)),
                name: 'coturn-443',
                about:
                  'The relay for what comes through port 443, in a network of its own in which it sees the clients’ own addresses.',
                command: ['port443.conf'],
                healthcheck: healthcheck('127.0.0.1', own.port),
              },
            ]
          : []),
      ],
      links: [
        ...(door ? [{ from: answers.edge.proxy, to: door.name, label: String(door.port) }] : []),
        ...[...(own443 ? ['coturn-443'] : []), 'coturn'].map((from) => ({
          from,
          to: 'jvb',
          label: `${answers.network.mediaPort}/udp`,
        })),
      ],
      environment: {
        coturn: { TURN_CREDENTIALS: { secret: 'TURN_CREDENTIALS' } },
        ...(own443 && { 'coturn-443': { TURN_CREDENTIALS: { secret: 'TURN_CREDENTIALS' } } }),
        prosody: {
          TURN_CREDENTIALS: { secret: 'TURN_CREDENTIALS' },
          TURN_HOST: own.domain,
          TURN_PORT: own.port,
          TURN_TRANSPORT: 'udp,tcp',
          TURNS_HOST: own.domain,
          TURNS_PORT: tlsOutside,
        },
        ...(release.capabilities.p2pStunServers && {
          web: { P2P_STUN_SERVERS: `${own.domain}:${own.port}` },
        }),
      },
      endpoints: [
        {
          name: 'turn-udp',
          protocol: 'udp',
          port: own.port,
          answer: 'turn.port',
          ...served,
          purpose: 'Relay over UDP; also tells clients their own address',
        },
        {
          name: 'turn-tcp',
          protocol: 'tcp',
          port: own.port,
          answer: 'turn.port',
          ...served,
          purpose: 'Relay for people without UDP',
        },
        {
          name: 'turn-tls',
          protocol: 'tcp',
          port: tlsPort,
          answer: 'turn.tlsPort',
          ...served,
          purpose: 'Relay over TLS, for people behind strict firewalls',
        },
        {
          name: 'turn-relay',
          protocol: 'udp',
          port: own.firstRelayPort,
          lastPort: own.firstRelayPort + relayPorts.number - 1,
          answer: 'turn.firstRelayPort',
          ...served,
          // From the relay to the bridge is a way inside this server.
          forward: false,
          purpose:
            'What the relay sends and receives on people’s behalf; only calls between two people need it from outside',
        },
      ],
      ...(door && {
        passthrough: [
          {
            name: own.domain,
            protocols: ['stun.turn', 'stun.nat-discovery'],
            service: own443 ? 'coturn-443' : 'coturn',
            address: door.address,
            port: door.port,
            header: own443,
            ...(own443 && {
              spare: { service: 'coturn', address: listening[0] ?? '', port: tlsPort },
            }),
          },
        ],
      }),
      files: { 'coturn/port443.conf': own443 ? {} : { absent: true } },
      secrets: [
        {
          name: 'TURN_CREDENTIALS',
          about: 'what coTURN and prosody make short-lived TURN passwords from',
        },
      ],
      certificate: {
        names: [own.domain],
        consumers: ['coturn', ...(own443 ? ['coturn-443'] : [])],
      },
      steps: [
        {
          phase: 'before',
          record: { name: own.domain, addresses: reached },
          title: `Point ${domainToUnicode(own.domain)} at the server`,
          detail: `DNS: ${own.domain} → ${reached.join(', ')}. People behind firewalls need it; the certificate covers both names.`,
        },
      ],
      troubles: [
        {
          symptom: 'People in a company or hotel network can enter a room but see and hear nobody.',
          cause:
            'Their firewall lets no UDP out, and they cannot reach the relay, or it has no valid certificate.',
          fix: `Check the DNS record of ${own.domain}, that TCP ${own.port} and ${tlsOutside} are open, and with \`./stack certs\` that the certificate names ${own.domain}.`,
        },
        {
          symptom:
            'coturn starts over and over; its log says “errno 99, Cannot assign requested address”.',
          cause: `It should listen on ${listening.join(' and ')}, but this server does not have that address: a cloud or a router passes the public address on to it.`,
          fix: 'Look up the server’s own addresses with `ip address`, and correct network in `jitsi-stack.json`: exposure nat, with both. Then `npx create-jitsi-stack@latest` and `./stack up`.',
        },
        {
          symptom:
            'Now and then somebody behind a strict firewall joins and sees and hears nobody, while all others do.',
          cause:
            'About once in fifty joins through the relay, the bridge goes on sending to an address there that the browser has already given up.',
          fix: 'Reload the page.',
        },
      ],
    };
  },
  present: ({ answers, network }, own) => ({
    ...relayAddresses(answers.network),
    realm: own.domain,
    port: own.port,
    tlsPort: own.tlsPort,
    firstPort: own.firstRelayPort,
    lastPort: own.firstRelayPort + relayPorts.number - 1,
    ...limits,
    ciphers,
    own: [...new Set([...answers.network.publicAddresses, ...answers.network.lanAddresses])],
    ipv6: answers.network.ipv6,
    onlyIPv6: relayAddresses(answers.network).listening.every(isIPv6),
    changing: changingName(answers.network) ?? '',
    near: relayAddresses(answers.network).listening.find(isIPv4) ?? '',
    inner: addressesOf(network.addresses['coturn-443']),
    allowed: [
      ...addressesOf(network.addresses.jvb),
      ...furtherBridges(answers).flatMap(({ address, address6 = [] }) =>
        [address].concat(address6),
      ),
    ],
    /** Where the host itself is in the containers’ network, for who reads its numbers; empty where nobody does. */
    numbersAt: isMeasured(answers) ? network.gateway : '',
  }),
});
