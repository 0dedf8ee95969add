import {
  defineBlueprint,
  fixedAddress,
  isMeasured,
  openFiles,
  perSource,
} from '../../src/blueprint.ts';
import { image } from './image.ts';

/** Where NGINX takes PROXY headers while go-mmproxy is not there. */
const spare = 4445;

/** What HAProxy reads, as its options say it. */
const configuration = [
  ...['-f', '/usr/local/etc/haproxy/stack/haproxy.cfg'],
  ...['-f', '/usr/local/etc/haproxy/stack/sites'],
];

/** HAProxy on port 443: the relay's TLS to coTURN, everything else to NGINX, and nobody's TLS opened on the way. */
export const edgeHaproxy = defineBlueprint({
  id: 'edge-haproxy',
  title: 'HAProxy edge',
  order: 9,
  offer: {
    section: 'edge',
    value: 'haproxy',
    label: 'HAProxy in front of NGINX',
    hint: 'page and relay share port 443: for people behind strict company firewalls',
    order: 2,
  },
  fields: {
    clientAddress: {
      kind: 'choice',
      question: 'How should HAProxy tell NGINX who a visitor is?',
      description: 'how HAProxy tells NGINX the address of the client',
      default: 'proxy-protocol',
      advanced: true,
      options: [
        {
          value: 'proxy-protocol',
          label: 'In a PROXY header',
          hint: 'fast, and one container less',
        },
        {
          value: 'go-mmproxy',
          label: 'Through go-mmproxy',
          hint: 'NGINX sees real connections from the clients; half the throughput',
        },
      ],
    },
  },
  addresses: { haproxy: 9 },
  ownersPlaces: [
    {
      path: 'haproxy/sites',
      about: 'further names on port 443 that go past NGINX',
      edit: 'haproxy/sites/names.map',
    },
  ],
  formats: { '*.cfg': 'haproxy', '*.map': 'haproxy' },
  trustedProxy({ own, addresses }) {
    const direct = own.clientAddress === 'proxy-protocol';
    const withHeaders = { loopback: false, headersFrom: addresses('haproxy') };
    return {
      name: 'nginx',
      addresses: addresses('nginx'),
      signalling: 'web',
      listen: direct
        ? { port: 4443, ...withHeaders }
        : { port: 4443, loopback: true, spare: { port: spare, ...withHeaders } },
    };
  },
  contribute({ answers, own, release, outside, memory }) {
    const { direct, next } = wayToNginx(own);
    return {
      services: [
        {
          name: 'haproxy',
          image,
          about:
            'Everything on 443 comes in here and is passed on unopened: by its name, to the relay or to NGINX.',
          user: '99:99',
          entrypoint: ['haproxy', '-W', '-db'],
          command: configuration,
          volumes: [{ source: './haproxy', target: '/usr/local/etc/haproxy/stack' }],
          memory: memory(0.06, 64, 512),
          openFiles,
          stopGrace: '15s',
          healthcheck: {
            test: ['CMD', 'bash', '-c', healthy],
            interval: '15s',
            timeout: '5s',
            retries: 4,
            startPeriod: '10s',
          },
          reload: {
            test: ['haproxy', '-c', '-q', ...configuration],
            signal: 'USR2',
            rereads: 'configuration',
          },
          comments: {
            user: 'The image’s own user: inside its own network a container may bind 443 without being root.',
          },
        },
      ],
      endpoints: [
        {
          name: 'https',
          protocol: 'tcp',
          port: answers.network.httpsPort,
          answer: 'network.httpsPort',
          from: outside,
          service: 'haproxy',
          containerPort: 443,
          purpose: 'Page, signalling and, by its name, the relay over TLS',
        },
        {
          name: 'web-local',
          protocol: 'tcp',
          port: answers.network.localPort,
          answer: 'network.localPort',
          from: 'host',
          service: 'web',
          containerPort: release.capabilities.webPorts.http,
          purpose: 'The page without TLS, to look at from this server',
        },
        {
          name: 'nginx-tls',
          protocol: 'tcp',
          port: 4443,
          from: 'containers',
          service: 'nginx',
          purpose: `TLS of the page, from ${direct ? 'HAProxy' : 'go-mmproxy'} only`,
        },
        ...(direct
          ? []
          : [
              {
                name: 'nginx-spare',
                protocol: 'tcp' as const,
                port: spare,
                from: 'containers' as const,
                service: 'nginx',
                purpose: 'The same from HAProxy, for as long as go-mmproxy does not answer',
              },
            ]),
      ],
      links: [{ from: 'haproxy', to: next.name, label: String(next.port) }],
      files: {
        'haproxy/sites/README.md': { seeded: true },
        'haproxy/sites/names.map': { seeded: true },
      },
      troubles: [
        {
          symptom: 'Nothing answers on 443, or the connection is cut at once.',
          cause: 'HAProxy answers TLS only, and asks NGINX; one of them is down.',
          fix: 'docker compose logs haproxy nginx: each line of HAProxy ends with why a connection ended.',
        },
      ],
    };
  },
  present({ answers, network, passthrough }, own) {
    const { direct, next } = wayToNginx(own);
    return {
      ipv6: answers.network.ipv6,
      /** Who may read numbers; nobody where nothing does. */
      readers: isMeasured(answers)
        ? [network.subnet, ...(network.subnet6 ? [network.subnet6] : [])]
        : [],
      perSource,
      name: next.name,
      address: fixedAddress(network, 'nginx', 'edge-haproxy').ipv4,
      port: next.port,
      spare: direct ? 0 : spare,
      passthrough: passthrough.map(({ spare, ...through }) => ({
        ...through,
        spare: spare ?? false,
      })),
    };
  },
});

/** Whom HAProxy passes pages on to: NGINX itself, or go-mmproxy before it. */
function wayToNginx({ clientAddress }: { readonly clientAddress: string }) {
  const direct = clientAddress === 'proxy-protocol';
  return {
    direct,
    next: direct ? { name: 'nginx', port: 4443 } : { name: 'go-mmproxy', port: 4444 },
  };
}

/** The image has neither curl nor wget. */
const healthy =
  'exec 3<>/dev/tcp/127.0.0.1/8405 && printf "GET /healthz HTTP/1.0\\r\\n\\r\\n" >&3 && grep -q "200 OK" <&3';
