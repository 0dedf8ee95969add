import type { PortInUse } from '../../answers/detect/ports-in-use.ts';
import { flagOfPlace } from '../../answers/flags.ts';
import type { Endpoint, Plan } from '../../plan/plan.ts';
import { portName, portsOf } from '../../plan/ports.ts';

/**
 * Ports of a stack that is not there yet, which somebody on its server has already: in a sentence each, with what to do.
 *
 * @param listening the server's own addresses, when the stack is to listen on those only
 */
export function takenPorts(
  plan: Plan,
  inUse: readonly PortInUse[],
  listening: readonly string[],
): readonly string[] {
  const { open, machines, local } = portsOf(plan);
  // What the server itself answers is there on purpose: SSH, and the owner's own proxy.
  const wanted = [...open, ...machines, ...local].filter(({ service }) => service !== 'host');
  return wanted.flatMap((endpoint) => {
    const at = endpoint.from === 'host' ? ['127.0.0.1'] : listening;
    const holder = inUse.find((one) => clash(endpoint, at, one));
    return holder ? [sentence(endpoint, holder)] : [];
  });
}

function clash(
  { protocol, port, lastPort = port }: Endpoint,
  at: readonly string[],
  other: PortInUse,
): boolean {
  return (
    protocol === other.protocol &&
    port <= other.lastPort &&
    other.port <= lastPort &&
    (other.address === undefined || at.length === 0 || at.includes(other.address))
  );
}

function sentence(endpoint: Endpoint, { container }: PortInUse): string {
  const who = container === undefined ? 'another program of this server' : `container ${container}`;
  const other =
    endpoint.answer === undefined
      ? ''
      : `, or choose another port with ${flagOfPlace(endpoint.answer)}`;
  return `${portName(endpoint)} (${endpoint.purpose.replace(/^./, (first) => first.toLowerCase())}) is in use by ${who}. Stop that before the first start${other}.`;
}
