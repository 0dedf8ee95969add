import { defineBlueprint } from '../../src/blueprint.ts';
import { announced, traefikLabels } from './announce.ts';
import { fields } from './fields.ts';
import { flavourOf, ownFiles, type Place } from './flavours.ts';
import { containerOf } from './names.ts';
import { present } from './present.ts';
import { stepsFor, troublesFor } from './tell.ts';

/** The owner's own reverse proxy on 80 and 443: this stack brings the file for it, and keeps out of its way. */
export const edgeExternal = defineBlueprint({
  id: 'edge-external',
  title: 'Your own reverse proxy',
  order: 11,
  offer: {
    section: 'edge',
    value: 'external',
    label: 'The reverse proxy that I already have',
    hint: 'on this server or in a container on it; it keeps ports 80 and 443',
    order: 3,
  },
  fields,
  addresses: { proxy: 10 },
  formats: {
    'proxy/Caddyfile': 'lines',
    'proxy/apache.conf': 'lines',
    'proxy/nginx.conf': 'nginx',
    'proxy/swag.subdomain.conf': 'nginx',
    'proxy/haproxy.cfg': 'haproxy',
    '*.yaml': 'lines',
  },
  trustedProxy({ own, addresses, gateways }) {
    const { label } = flavourOf(own.flavour);
    const joins = own.place === 'container';
    return {
      name: label,
      // What comes in through a published port has the address of the network's gateway.
      addresses: joins ? addresses('proxy') : gateways,
      signalling: 'web',
      ...(joins && { joins: { container: containerOf(own), addresses: addresses('proxy') } }),
      ...(own.flavour === 'cloudflared' && { tunnel: true }),
    };
  },
  check({ answers, own }) {
    const { label, ready } = flavourOf(own.flavour);
    return [
      ...(!ready[own.place as Place]
        ? [
            {
              answer: 'edge.place',
              what: `${label} runs in a container.`,
              fix: 'Choose --edge-place container.',
            },
          ]
        : []),
      ...(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$/.test(containerOf(own))
        ? []
        : [
            {
              answer: 'edge.container',
              what: `“${own.container}” cannot be the name of a container.`,
              fix: 'Give it as docker ps shows it under NAMES, with --edge-container.',
            },
          ]),
      ...(own.flavour === 'cloudflared' && answers.network.httpsPort !== 443
        ? [
            {
              answer: 'network.httpsPort',
              what: 'A tunnel is always reached at port 443.',
              fix: 'Choose --network-https-port 443.',
            },
          ]
        : []),
      ...(answers.certificates.source === 'acme'
        ? [
            {
              answer: 'certificates.source',
              what: 'Port 80 belongs to your own proxy, so this stack cannot answer the authority’s checks.',
              why: 'The proxy fetches the certificate of the page; the stack itself needs one for the relay only.',
              fix: 'Choose --certificates own, and have your proxy’s certificate for the relay’s name copied into certs/.',
            },
          ]
        : []),
    ];
  },
  contribute(context) {
    const { answers, own, release, outside } = context;
    const { label, ready, relay } = flavourOf(own.flavour);
    const { http } = release.capabilities.webPorts;
    const joins = own.place === 'container';
    const tunnel = own.flavour === 'cloudflared';
    const copies = answers.turn.mode === 'coturn' && relay !== undefined;
    const kept = [
      ready[own.place as Place]?.file ?? '',
      ...(joins ? ['network.yaml'] : []),
      ...(copies ? ['relay-certificate.sh'] : []),
    ];
    return {
      endpoints: [
        ...(tunnel ? [] : (['http', 'https'] as const)).map((name) => ({
          name,
          protocol: 'tcp' as const,
          port: answers.network[`${name}Port`],
          answer: `network.${name}Port`,
          from: outside,
          service: 'host',
          purpose: `${label}, your own proxy: ${name === 'http' ? 'redirects to https' : 'page and signalling'}`,
        })),
        ...(joins
          ? []
          : [
              {
                name: 'web-local',
                protocol: 'tcp' as const,
                port: answers.network.localPort,
                answer: 'network.localPort',
                from: 'host' as const,
                service: 'web',
                containerPort: http,
                purpose: `The page without TLS, for ${label} on this server`,
              },
            ]),
      ],
      links: [
        {
          from: 'outside',
          to: label,
          label: tunnel
            ? 'tunnel'
            : `${answers.network.httpPort}/tcp, ${answers.network.httpsPort}/tcp`,
        },
      ],
      ...(joins && own.flavour === 'traefik' && { labels: { web: traefikLabels(context) } }),
      ...(own.flavour === 'nginx-proxy' && { announces: { web: announced(context) } }),
      files: Object.fromEntries([
        ...[...ownFiles, 'network.yaml', 'relay-certificate.sh']
          .filter((name) => !kept.includes(name))
          .map((name) => [`proxy/${name}`, { absent: true } as const]),
        ...(copies ? [['proxy/relay-certificate.sh', { executable: true } as const]] : []),
      ]),
      steps: stepsFor(context),
      troubles: troublesFor(context),
    };
  },
  present,
});
