import type { Endpoint, Plan } from '../../plan/plan.ts';
import { type Node, treeText } from './boxes.ts';
import { rangeOf } from './ports.ts';

/**
 * The stack's network: who comes in through which ports, what answers, and whom that passes on to.
 *
 * @param width columns that there are; a drawing too wide for them becomes an indented tree
 */
export function networkDrawing(plan: Plan, width: number, unicode: boolean): string {
  const { endpoints, routes } = plan;
  const outside = endpoints.filter(
    ({ from, service }) => (from === 'internet' || from === 'lan') && service !== 'host',
  );
  const entries = [...new Set(outside.map(({ service }) => service))];
  const edges = new Map<string, readonly Node[]>();
  const target = plan.answers.edge.proxy;
  edges.set(target, routesBehind(routes));

  const reached = entries.map((service) => ({
    label: portsOf(outside.filter((endpoint) => endpoint.service === service)),
    lines: [service],
    children: edges.get(service) ?? [],
  }));
  const inner = innerLine(plan, unicode);
  const tree = treeText({ label: '', lines: sourceOf(plan), children: reached }, width, unicode);
  return inner ? `${tree}\n\n${inner}` : tree;
}

/** The way from the people to the server, with the addresses that they see on it. */
function sourceOf({ answers: { network } }: Plan): readonly string[] {
  const outside = network.publicAddresses.join(', ');
  const inside = network.lanAddresses.join(', ');
  switch (network.exposure) {
    case 'public':
      return ['internet', `this server ${outside}`];
    case 'nat':
      return ['internet', `router ${outside}`, `this server ${inside}`];
    case 'lan':
      return ['local network', `this server ${inside}`];
  }
}

/** `80,443/tcp`: single ports of one protocol in one word, each range in its own. */
function portsOf(endpoints: readonly Endpoint[]): string {
  const words = (['tcp', 'udp'] as const).flatMap((protocol) => {
    const used = endpoints.filter((endpoint) => endpoint.protocol === protocol);
    const single = used.filter(({ lastPort }) => lastPort === undefined);
    const ranges = used.filter(({ lastPort }) => lastPort !== undefined);
    return [single.map(({ port }) => port).join(','), ...ranges.map(rangeOf)]
      .filter((ports) => ports !== '')
      .map((ports) => `${ports}/${protocol}`);
  });
  return words.join(' ');
}

/** One box for each service behind the edge, with every path that leads to it. */
function routesBehind(routes: Plan['routes']): readonly Node[] {
  const services = [...new Set(routes.map(({ service }) => service))];
  return services.map((service) => ({
    label: routes.flatMap((route) => (route.service === service ? [route.path] : [])).join(' '),
    lines: [service],
    children: [],
  }));
}

/** Who talks to whom inside, where it is not drawn: clients of the containers' own ports. */
function innerLine({ endpoints, services, routes, answers }: Plan, unicode: boolean): string {
  const arrow = unicode ? '──▶' : '-->';
  const drawn = new Set(routes.map(({ service }) => service));
  return endpoints
    .filter(({ from }) => from === 'containers')
    .flatMap(({ service, port }) => {
      const clients = services
        .filter(({ name, dependsOn }) => service in dependsOn && name !== answers.edge.proxy)
        .filter(({ name }) => !drawn.has(name))
        .map(({ name }) => name);
      return clients.length > 0
        ? [`inside: ${clients.join(', ')} ${arrow} ${service} ${port}`]
        : [];
    })
    .slice(0, 1)
    .join('\n');
}
