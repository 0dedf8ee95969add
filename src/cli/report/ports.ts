import type { Endpoint, Plan } from '../../plan/plan.ts';
import { listing, table } from './table.ts';

const audience = {
  internet: 'internet',
  lan: 'local network',
  host: 'this server',
  containers: 'containers',
} as const;

/** The ports that somebody outside the containers can reach: who, which, who answers and why. */
export function portTable(plan: Plan, width: number): string {
  const open = plan.endpoints.filter(({ from }) => from !== 'containers');
  const rows = open.map((endpoint) => [
    portOf(endpoint),
    audience[endpoint.from],
    `${endpoint.service === 'host' ? 'this server' : endpoint.service}${endpoint.forward ? ' (forward it)' : ''}`,
  ]);
  return listing(
    table(rows).map((row, index) => [row, open[index]?.purpose ?? '']),
    width,
  );
}

/** `443/tcp`, `50000-50199/udp`. */
function portOf(endpoint: Endpoint): string {
  return `${rangeOf(endpoint)}/${endpoint.protocol}`;
}

/** `443`, `50000-50199`. */
export function rangeOf({ port, lastPort }: Pick<Endpoint, 'port' | 'lastPort'>): string {
  return lastPort === undefined ? `${port}` : `${port}-${lastPort}`;
}
