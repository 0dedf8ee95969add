import type { Endpoint, Link, Plan } from './plan.ts';
import { portName, portsOf } from './ports.ts';

/**
 * Every arrow of the stack's drawing: those from outside and from this server by the port table, then who talks to whom
 * inside. What a router does not forward is no way in, and the server's own ports (`host`) are no part of the stack.
 */
export function planLinks(
  plan: Pick<Plan, 'answers' | 'endpoints' | 'services'>,
  inside: readonly Link[],
): readonly Link[] {
  const { open, local } = portsOf(plan);
  const routed = plan.answers.network.exposure === 'nat';
  const entered = open.filter(({ from, forward }) => from === 'lan' || forward || !routed);
  // Several features may say the same.
  const once = [
    ...new Map(inside.map((link) => [[link.from, link.to, link.label].join(' '), link])).values(),
  ];
  return [
    ...once.filter(({ from }) => from === 'outside'),
    ...arrows('outside', entered, portName),
    ...once.filter(({ from }) => from !== 'outside'),
    ...arrows('host', local, ({ port }) => `127.0.0.1:${port}`),
  ];
}

/** One arrow to each service that answers, with all of its ports. */
function arrows(
  from: Link['from'],
  endpoints: readonly Endpoint[],
  portOf: (endpoint: Endpoint) => string,
): readonly Link[] {
  const services = new Set(endpoints.map(({ service }) => service));
  services.delete('host');
  return [...services].map((to) => ({
    from,
    to,
    label: endpoints
      .filter(({ service }) => service === to)
      .map(portOf)
      .join(', '),
  }));
}
