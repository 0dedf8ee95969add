import type { Endpoint, Plan } from '../../plan/plan.ts';
import { listing, table } from './table.ts';
import { wrap } from './wrap.ts';

const audience = { internet: 'internet', lan: 'local network', host: 'this server' } as const;

/** The ports that somebody outside the containers can reach: which, who, what answers and why. */
export function portTable({ endpoints, answers }: Plan, width: number): string {
  const open = endpoints.flatMap((endpoint) => {
    const { from, forward } = endpoint;
    if (from === 'containers') return [];
    // What the router keeps to itself, only its own network can reach.
    const kept = from === 'internet' && !forward && answers.network.exposure === 'nat';
    return [{ ...endpoint, from: kept ? 'lan' : from } as const];
  });
  const rows = open.map((endpoint) => [
    portOf(endpoint),
    audience[endpoint.from],
    endpoint.service === 'host' ? audience.host : endpoint.service,
  ]);
  const text = listing(
    table(rows).map((row, index) => [row, open[index]?.purpose ?? '']),
    width,
  );
  const forwarded = open.filter(({ forward }) => forward).map(portOf);
  if (forwarded.length === 0) return text;
  const to = answers.network.lanAddresses[0];
  return [text, '', ...wrap(`The router forwards ${forwarded.join(', ')} to ${to}.`, width)].join(
    '\n',
  );
}

/** `443/tcp`, `50000-50199/udp`. */
function portOf({ port, lastPort, protocol }: Endpoint): string {
  return `${lastPort === undefined ? port : `${port}-${lastPort}`}/${protocol}`;
}
