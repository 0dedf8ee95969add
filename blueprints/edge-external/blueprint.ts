import { type Answers, defineBlueprint, fixedAddress } from '../../src/blueprint.ts';
import { type Flavour, flavours } from './flavours.ts';

/** The port on which web answers the owner's own proxy, on this server only. */
const port = 8289;

/** The owner's own reverse proxy on 80 and 443: this stack brings the file for it, and keeps out of its way. */
export const edgeExternal = defineBlueprint({
  id: 'edge-external',
  title: 'Your own reverse proxy',
  order: 11,
  offer: {
    section: 'edge',
    value: 'external',
    label: 'The reverse proxy that I already have',
    hint: 'Traefik, Caddy, nginx or Apache on this server; it keeps ports 80 and 443',
    order: 3,
  },
  fields: {
    flavour: {
      kind: 'choice',
      question: 'Which reverse proxy is it?',
      description: 'the reverse proxy that a ready file is written for',
      default: 'nginx',
      options: Object.entries(flavours).map(([value, { label, hint }]) => ({ value, label, hint })),
    },
  },
  addresses: { proxy: 10 },
  formats: {
    'proxy/Caddyfile': 'lines',
    'proxy/apache.conf': 'lines',
    'proxy/nginx.conf': 'nginx',
    '*.yaml': 'lines',
  },
  front: ({ own, addresses, gateways }) => ({
    name: flavours[own.flavour as Flavour].label,
    // What comes in through a published port has the address of the network's gateway.
    addresses: [...gateways, ...(own.flavour === 'traefik' ? addresses('proxy') : [])],
    signalling: 'web',
  }),
  check({ answers }) {
    if (answers.certificates.source !== 'acme') return [];
    return [
      {
        answer: 'certificates.source',
        what: 'Port 80 belongs to your own proxy, so this stack cannot answer the authority’s checks.',
        why: 'The proxy fetches the certificate of the page; the stack itself needs one for the relay only.',
        fix: 'Choose --certificates own, and have your proxy’s certificate for the relay’s name copied into certs/.',
      },
    ];
  },
  contribute({ answers, own, release, outside }) {
    const { label, file, detail, command } = flavours[own.flavour as Flavour];
    const { http } = release.capabilities.webPorts;
    const site = answers.name;
    const kept = new Set([file, ...(own.flavour === 'traefik' ? ['traefik-network.yaml'] : [])]);
    return {
      endpoints: [
        ...[80, 443].map((outer) => ({
          name: outer === 80 ? 'http' : 'https',
          protocol: 'tcp' as const,
          port: outer,
          from: outside,
          service: 'host',
          purpose: `${label}, your own proxy: ${outer === 80 ? 'redirects to https' : 'page and signalling'}`,
        })),
        {
          name: 'web-local',
          protocol: 'tcp',
          port,
          from: 'host',
          service: 'web',
          containerPort: http,
          purpose: `The page without TLS, for ${label} on this server`,
        },
      ],
      links: [{ from: 'outside', to: label, label: '80/tcp, 443/tcp' }],
      ...(own.flavour === 'traefik' && {
        labels: {
          web: {
            'traefik.enable': 'true',
            'traefik.docker.network': networkOf(answers),
            [`traefik.http.routers.${site}.rule`]: `Host(\`${answers.domain}\`)`,
            [`traefik.http.routers.${site}.entrypoints`]: 'websecure',
            [`traefik.http.routers.${site}.tls`]: 'true',
            [`traefik.http.services.${site}.loadbalancer.server.port`]: String(http),
          },
        },
      }),
      files: Object.fromEntries(
        [...Object.values(flavours).map((flavour) => flavour.file), 'traefik-network.yaml']
          .filter((name) => !kept.has(name))
          .map((name) => [`proxy/${name}`, { absent: true } as const]),
      ),
      steps: [
        {
          phase: 'before',
          repeat: 'names',
          title: `Tell ${label} about the meeting site`,
          detail: `proxy/${file} is ready to use. ${detail}`,
          ...(command && { command: command(answers.domain) }),
        },
      ],
      troubles: [
        {
          symptom: 'The page loads, but joining ends in “You have been disconnected”.',
          cause: `${label} does not pass WebSockets on, or cuts them after a minute.`,
          fix: `Compare its configuration with proxy/${file}: upgrade headers and time-outs.`,
        },
        {
          symptom: 'Everybody has the same address in the logs.',
          cause: `Only requests from this server’s own ${label} are believed about the visitor’s address.`,
          fix: 'Let it run on this server and ask the address in its file; a proxy on another machine needs a rule of its own in jitsi/web/nginx-custom/.',
        },
      ],
    };
  },
  present: ({ answers, url, network }) => ({
    domain: answers.domain,
    // What nginx's own default takes, with a cache line of 64 bytes.
    isLong: answers.domain.length > 46,
    url,
    upstream: `http://127.0.0.1:${port}`,
    site: answers.name,
    address: fixedAddress(network, 'proxy', 'edge-external').ipv4,
    network: networkOf(answers),
  }),
});

/** The containers' network as Docker knows it: after the Compose project. */
function networkOf(answers: Answers): string {
  return `${answers.name}_meet.jitsi`;
}
