import type { Endpoint, Plan } from '../../src/plan/plan.ts';

const endpoint = (
  service: string,
  port: number,
  protocol: 'tcp' | 'udp',
  rest: Partial<Endpoint> = {},
): Endpoint => ({
  name: `${service}-${port}`,
  service,
  port,
  protocol,
  from: 'internet',
  forward: false,
  purpose: `what ${service} is for`,
  ...rest,
});

/** A plan with what reports read, behind a router. */
export const plan = {
  answers: {
    domain: 'meet.example.org',
    edge: { proxy: 'nginx' },
    network: {
      exposure: 'nat',
      publicAddresses: ['203.0.113.7'],
      lanAddresses: ['192.168.10.20'],
    },
  },
  url: 'https://meet.example.org',
  services: [],
  endpoints: [
    endpoint('host', 22, 'tcp'),
    endpoint('nginx', 80, 'tcp', { forward: true }),
    endpoint('nginx', 443, 'tcp', { forward: true }),
    endpoint('coturn', 3478, 'udp', { forward: true }),
    endpoint('coturn', 5349, 'tcp', { forward: true }),
    endpoint('coturn', 50000, 'udp', { lastPort: 50199 }),
    endpoint('jvb', 10000, 'udp', { forward: true, purpose: 'Audio and video' }),
    endpoint('prosody', 5222, 'tcp', { from: 'containers' }),
  ],
  links: [
    { from: 'outside', to: 'nginx', label: '80/tcp, 443/tcp' },
    { from: 'outside', to: 'coturn', label: '3478/udp, 5349/tcp' },
    { from: 'outside', to: 'jvb', label: '10000/udp' },
    { from: 'nginx', to: 'web', label: '/' },
    { from: 'nginx', to: 'prosody', label: '/xmpp-websocket, /http-bind' },
    { from: 'nginx', to: 'coturn', label: '5349' },
    { from: 'jicofo', to: 'prosody', label: '5222' },
    { from: 'jvb', to: 'prosody', label: '5222' },
    { from: 'host', to: 'web', label: '127.0.0.1:8289' },
  ],
  files: ['stack', 'compose.yaml', 'nginx/meet.conf', 'jitsi/web/custom-config.js'].map((path) => ({
    path,
  })),
  secrets: [{ name: 'JVB_AUTH_PASSWORD', about: '' }],
  steps: [
    { title: 'Point the name here', detail: 'A record.' },
    { title: 'Start it', detail: 'Takes a while.', command: 'docker compose up -d' },
  ],
  notes: [],
} as unknown as Plan;
