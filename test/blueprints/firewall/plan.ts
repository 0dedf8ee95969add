import { firewallPorts } from '../../../blueprints/firewall-ports/blueprint.ts';
import { blueprints } from '../../../blueprints/index.ts';
import type { Answers } from '../../../src/answers/answers.ts';
import type { Context } from '../../../src/blueprint.ts';
import { formatOf } from '../../../src/plan/format.ts';
import type { Endpoint, Plan, Service } from '../../../src/plan/plan.ts';
import { renderTemplate } from '../../../src/render/template.ts';
import { templateAt } from '../../../src/template-files.ts';
import { listTemplates } from '../../../src/templates.ts';

export const subnet = '172.28.0.0/24';
export const subnet6 = 'fd28:6a69:7473::/64';

export interface Variant {
  readonly exposure?: 'public' | 'nat' | 'lan';
  readonly ipv6?: boolean;
  readonly coturn?: boolean;
  readonly sshPort?: number;
  /** The addresses of further machines, which alone reach 5222. */
  readonly machines?: readonly string[];
}

/** All answers that a firewall depends on. */
export const variants: readonly Variant[] = (['public', 'nat', 'lan'] as const).flatMap(
  (exposure) =>
    [false, true].flatMap((ipv6) =>
      [false, true].map((coturn) => ({ exposure, ipv6, coturn, sshPort: coturn ? 22 : 2222 })),
    ),
);

export const nameOf = ({ exposure, ipv6, coturn }: Variant) =>
  `${exposure}, ${ipv6 ? 'IPv6' : 'IPv4 only'}, ${coturn ? 'with' : 'without'} a relay`;

/** A plan as the other features would make it: an edge, a bridge, perhaps a relay in the host's network. */
export function planFor({
  exposure = 'public',
  ipv6 = true,
  coturn = true,
  sshPort = 22,
  machines = [],
}: Variant = {}): Plan {
  const outside = exposure === 'lan' ? 'lan' : 'internet';
  const answers = {
    domain: 'meet.example.org',
    network: {
      exposure,
      publicAddresses: exposure === 'lan' ? [] : ['203.0.113.7', ...(ipv6 ? ['2001:db8::7'] : [])],
      lanAddresses: exposure === 'public' ? [] : ['192.168.10.20'],
      ipv6,
      subnet,
      subnet6,
      mediaPort: 10000,
      sshPort,
    },
    certificates: { source: exposure === 'lan' ? 'self-signed' : 'acme' },
    firewall: ['nftables'],
  } as unknown as Answers;
  const contributed = firewallPorts.contribute({ answers, outside } as Context<never>);
  const endpoints: Omit<Endpoint, 'forward'>[] = [
    ...(contributed.endpoints ?? []),
    {
      name: 'http',
      protocol: 'tcp',
      port: 80,
      from: outside,
      service: 'nginx',
      purpose: 'Redirects to https',
    },
    {
      name: 'https',
      protocol: 'tcp',
      port: 443,
      containerPort: 8443,
      from: outside,
      service: 'nginx',
      purpose: 'Page and signalling',
    },
    {
      name: 'media',
      protocol: 'udp',
      port: 10000,
      from: outside,
      service: 'jvb',
      purpose: 'Audio and video',
    },
    {
      name: 'web',
      protocol: 'tcp',
      port: 8289,
      from: 'host',
      service: 'web',
      purpose: 'Pages | behind the edge',
    },
    {
      name: 'xmpp',
      protocol: 'tcp',
      port: 5222,
      from: 'containers',
      service: 'prosody',
      purpose: 'XMPP',
    },
    ...(machines.length === 0
      ? []
      : ([
          {
            name: 'xmpp-machines',
            protocol: 'tcp',
            port: 5222,
            from: 'machines',
            sources: machines.map((address, index) => ({
              ...{ machine: `b${index + 1}`, address, answeredAt: '0.0.0.0', routed: false },
            })),
            service: 'prosody',
            purpose: 'XMPP, for further machines',
          },
        ] as const)),
    ...(coturn
      ? ([
          {
            name: 'turn-udp',
            protocol: 'udp',
            port: 3478,
            from: outside,
            service: 'coturn',
            purpose: 'Relay',
          },
          {
            name: 'turn-tls',
            protocol: 'tcp',
            port: 5349,
            from: outside,
            service: 'coturn',
            purpose: 'Relay over TLS',
          },
          {
            name: 'turn-relay',
            protocol: 'udp',
            port: 50000,
            lastPort: 50199,
            from: outside,
            service: 'coturn',
            purpose: 'Media',
            forward: false,
          },
        ] as const)
      : []),
  ];
  const service = (name: string, network: Service['network'] = 'bridge') =>
    ({ name, network }) as Service;
  return {
    answers,
    release: {
      tag: 'stable-11146-2',
      date: '2026-01-01',
      registry: 'ghcr.io/jitsi',
      rootless: true,
    },
    url: 'https://meet.example.org',
    network: {
      name: 'meet.jitsi',
      bridge: 'jitsi0',
      subnet,
      ...(ipv6 && { subnet6 }),
      dynamicRange: '172.28.0.128/25',
      gateway: '172.28.0.1',
      addresses: {},
    },
    services: ['nginx', 'jvb', 'web', 'prosody']
      .map((name) => service(name))
      .concat(coturn ? [service('coturn', 'host')] : []),
    endpoints: endpoints.map((endpoint) => ({
      ...endpoint,
      forward: exposure === 'nat' && endpoint.from === 'internet' && !('forward' in endpoint),
    })),
    passthrough: [],
    firewalls: [],
    certificate: { names: ['meet.example.org', 'turn.example.org'], consumers: [] },
  } as unknown as Plan;
}

/** What one may reach from outside. */
export const isOpen = ({ from }: Endpoint) => from === 'internet' || from === 'lan';

/** Every file of a firewall blueprint, by its path in the stack. */
export function render(blueprint: string, plan: Plan): ReadonlyMap<string, string> {
  const feature = blueprints.find(({ id }) => id === blueprint);
  const view = feature?.present?.(plan, {}) ?? {};
  return new Map(
    (listTemplates()[blueprint] ?? []).filter(isOwn).map((path) => {
      const source = `${blueprint}/files/${path}.ejs`;
      const format = formatOf(path, feature?.formats) ?? 'lines';
      return [path, renderTemplate({ path, format, source, read: templateAt }, view)];
    }),
  );
}

/** Pieces for other features' files are printed with the views of those. */
const isOwn = (path: string) => path.startsWith('firewall/');
