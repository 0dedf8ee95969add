import type { Endpoint, Plan } from '../../plan/plan.ts';
import { table } from './table.ts';
import { wrap } from './wrap.ts';

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
    endpoint.forward ? `${endpoint.service} (forward it)` : endpoint.service,
  ]);
  return table(rows)
    .map((line, index) => ({ line, purpose: open[index]?.purpose ?? '' }))
    .flatMap(({ line, purpose }, _, all) => {
      const column = Math.max(...all.map((row) => row.line.length)) + 2;
      const [first = '', ...more] = wrap(purpose, Math.max(24, width - column));
      return [line.padEnd(column) + first, ...more.map((text) => ' '.repeat(column) + text)];
    })
    .join('\n');
}

/** `443/tcp`, `50000-50199/udp`. */
function portOf(endpoint: Endpoint): string {
  return `${rangeOf(endpoint)}/${endpoint.protocol}`;
}

/** `443`, `50000-50199`. */
export function rangeOf({ port, lastPort }: Pick<Endpoint, 'port' | 'lastPort'>): string {
  return lastPort === undefined ? `${port}` : `${port}-${lastPort}`;
}
