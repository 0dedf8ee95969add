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
  endpoints: [
    endpoint('host', 22, 'tcp', { from: 'lan' }),
    endpoint('nginx', 80, 'tcp', { forward: true }),
    endpoint('nginx', 443, 'tcp', { forward: true }),
    endpoint('coturn', 3478, 'udp', { forward: true }),
    endpoint('coturn', 5349, 'tcp', { forward: true }),
    endpoint('coturn', 50000, 'udp', { lastPort: 50199 }),
    endpoint('jvb', 10000, 'udp', { forward: true, purpose: 'Sound and picture' }),
    endpoint('prosody', 5222, 'tcp', { from: 'containers' }),
  ],
  services: [
    { name: 'jicofo', dependsOn: { prosody: 'healthy' } },
    { name: 'jvb', dependsOn: { prosody: 'healthy' } },
    { name: 'nginx', dependsOn: { web: 'healthy', prosody: 'healthy' } },
  ],
  routes: [
    { path: '/', kind: 'page', service: 'web', port: 8000 },
    { path: '/http-bind', kind: 'bosh', service: 'prosody', port: 5280 },
    { path: '/xmpp-websocket', kind: 'websocket', service: 'prosody', port: 5280 },
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
