import { domainToUnicode } from 'node:url';
import type { Decisions, Endpoint, Link, ValuesOf } from '../../src/blueprint.ts';
import { componentsOf } from './components.ts';
import { isTaken } from './config-maps.ts';
import type { fields } from './fields.ts';
import { aboutThere, saysThere, stepsFor, troublesFor } from './tell.ts';

/** What is left of a plan for one server: the services that the chart has, and the files that go into the cluster. */
export function relocate(plan: Decisions, own: ValuesOf<typeof fields>): Decisions {
  const parts = componentsOf(plan).map(({ service }) => service);
  const services = plan.services.filter(({ name }) => parts.includes(name));
  const isHere = (name: string) => ['outside', ...parts].includes(name);
  const endpoints = endpointsIn(plan, parts);
  return {
    ...plan,
    features: plan.features.map((feature) => ({
      ...feature,
      ...(feature.says !== undefined && { says: saysThere[feature.id] ?? feature.says }),
    })),
    services: services.map((service) => ({
      ...service,
      about: aboutThere[service.name] ?? service.about,
    })),
    endpoints,
    links: [
      { from: 'outside', to: 'ingress', label: '443/tcp, 80/tcp' },
      ...endpoints.filter(({ service }) => service !== 'ingress').reduce<Link[]>(withLink, []),
      { from: 'ingress', to: 'web', label: '/' },
      { from: 'web', to: 'prosody', label: '5280' },
      ...plan.links.filter(
        ({ from, to }) => from !== 'outside' && from !== 'web' && isHere(from) && isHere(to),
      ),
      ...(parts.includes('whiteboard')
        ? [{ from: 'web', to: 'whiteboard', label: '/socket.io/' }]
        : []),
    ],
    // The controller is a pod, or in the network of its host.
    trustedProxy: {
      name: 'ingress',
      addresses: [own.pods, ...(own.nodes === undefined ? [] : [own.nodes])],
      signalling: 'web',
    },
    routes: plan.routes.filter(({ service }) => isHere(service)),
    passthrough: [],
    probes: plan.probes.filter(({ service }) => isHere(service)),
    certificate: { names: [], consumers: [] },
    firewalls: [],
    standing: [],
    directories: [],
    files: plan.files.filter(({ path, blueprint }) => blueprint === 'kubernetes' || isTaken(path)),
    ownersPlaces: [],
    steps: [...stepsFor(plan, own), ...plan.steps.filter(({ phase }) => phase === 'meeting')],
    notes: notesFor(plan),
    troubles: troublesFor(plan, own),
  };
}

/** One arrow for all ports of one part. */
function withLink(links: Link[], { service, port, protocol }: Endpoint): Link[] {
  const label = `${port}/${protocol}`;
  const known = links.find(({ to }) => to === service);
  if (!known) return [...links, { from: 'outside', to: service, label }];
  return links.map((link) =>
    link === known ? { ...link, label: `${link.label}, ${label}` } : link,
  );
}

/** What people reach: the page at the ingress controller, the bridges at their nodes, the relay at its own address. */
function endpointsIn({ answers }: Decisions, parts: readonly string[]): readonly Endpoint[] {
  const open = (
    name: string,
    protocol: Endpoint['protocol'],
    port: number,
    service: string,
    purpose: string,
  ): Endpoint => ({ name, protocol, port, from: 'internet', service, forward: false, purpose });
  return [
    open('https', 'tcp', 443, 'ingress', 'Page and signalling, at the ingress controller'),
    open(
      'http',
      'tcp',
      80,
      'ingress',
      'Sends people on to HTTPS, and the certificate authority asks there',
    ),
    open(
      'media',
      'udp',
      answers.network.mediaPort,
      'jvb',
      'Audio and video, at each node with a bridge',
    ),
    ...(parts.includes('coturn')
      ? [
          open('turn-udp', 'udp', 3478, 'coturn', 'Relay over UDP, at its own address'),
          open('turn-tls', 'tcp', 443, 'coturn', 'Relay over TLS, at its own address'),
        ]
      : []),
  ];
}

/** What other features say of a server of one's own is left out. */
function notesFor({ answers }: Decisions): Decisions['notes'] {
  return [
    ...(answers.certificates.source === 'self-signed'
      ? [
          {
            level: 'warning' as const,
            text: 'Browsers warn about a self-signed certificate, mobile apps refuse it, and the relay over TLS does not work with it until every device trusts it.',
          },
        ]
      : []),
    ...(answers.auth.mode === 'ldap' && answers.auth.encryption === 'none'
      ? [
          {
            level: 'warning' as const,
            text: 'Passwords go to the directory as they are: everybody on the way can read them. Choose --auth-encryption ldaps as soon as it has a certificate.',
          },
        ]
      : []),
    ...(answers.turn.mode === 'none'
      ? [
          {
            level: 'info' as const,
            text: `Without a relay, people whose firewall lets no UDP out (many companies and hotels) join ${domainToUnicode(answers.domain)} but see and hear nobody.`,
          },
        ]
      : []),
  ];
}
