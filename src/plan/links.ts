import type { Answers } from '../answers/answers.ts';
import type { Endpoint, Link } from './plan.ts';

/**
 * Every arrow of the stack's drawing: those from outside and from this server by the port table, then who talks to whom
 * inside. What a router does not forward is no way in, and the server's own ports (`host`) are no part of the stack.
 */
export function planLinks(
  answers: Answers,
  endpoints: readonly Endpoint[],
  inside: readonly Link[],
): readonly Link[] {
  const routed = answers.network.exposure === 'nat';
  const entered = endpoints.filter(
    ({ from, forward }) => from === 'lan' || (from === 'internet' && (forward || !routed)),
  );
  const local = endpoints.filter(({ from }) => from === 'host');
  return [
    ...inside.filter(({ from }) => from === 'outside'),
    ...arrows('outside', entered, portOf),
    ...inside.filter(({ from }) => from !== 'outside'),
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

function portOf({ port, lastPort, protocol }: Endpoint): string {
  return `${lastPort === undefined ? port : `${port}-${lastPort}`}/${protocol}`;
}
