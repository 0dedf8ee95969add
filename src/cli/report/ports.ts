import type { Plan } from '../../plan/plan.ts';
import { audienceOf, audiences, portName, portsOf } from '../../plan/ports.ts';
import { listing, table } from './table.ts';
import { wrap } from './wrap.ts';

/** The ports that somebody outside the containers can reach: which, who, what answers and why. */
export function portTable(plan: Plan, width: number): string {
  const { open, machines, local, forwarded } = portsOf(plan);
  const shown = [...open, ...machines, ...local];
  const rows = shown.map((endpoint) => [
    portName(endpoint),
    audiences[audienceOf(endpoint, plan)],
    endpoint.service === 'host' ? audiences.host : endpoint.service,
  ]);
  const text = listing(
    table(rows).map((row, index) => [row, shown[index]?.purpose ?? '']),
    width,
  );
  if (forwarded.length === 0) return text;
  const ports = forwarded.map(portName).join(', ');
  const to = plan.answers.network.lanAddresses[0];
  return [text, '', ...wrap(`The router forwards ${ports} to ${to}.`, width)].join('\n');
}
