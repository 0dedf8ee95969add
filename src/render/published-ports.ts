import { isIPv6 } from '../addresses.ts';
import type { Endpoint, Plan } from '../plan/plan.ts';
import { listeningAddresses, portRange, portsOf } from '../plan/ports.ts';

/** What a service publishes, from the port table: to everybody, or to this host only; also for those in its network. */
export function publishedPorts(plan: Plan, owner: string): string[] {
  const { services, answers } = plan;
  const joined = services.flatMap(({ name, network }) =>
    name === owner || network === `service:${owner}` ? [name] : [],
  );
  const { published, machines, local } = portsOf(plan);
  return [...published, ...machines, ...local]
    .filter(({ service }) => joined.includes(service))
    .flatMap((endpoint) => {
      const range = portRange(endpoint);
      const inside = endpoint.containerPort ?? range;
      const addresses = boundBy(endpoint) ?? bound(answers.network);
      return addresses.map((address) => `${address}${range}:${inside}/${endpoint.protocol}`);
    });
}

/** Those of what not everybody reaches. */
function boundBy({ from, sources = [] }: Endpoint): readonly string[] | undefined {
  if (from === 'host') return ['127.0.0.1:'];
  if (from !== 'machines') return undefined;
  return [...new Set(sources.map(({ answeredAt }) => before(answeredAt)))];
}

/** The addresses of the host that published ports answer on, as they stand before a port. */
function bound(network: Plan['answers']['network']): readonly string[] {
  if (network.bind === 'given') return listeningAddresses(network).map(before);
  // Without IPv6 in the containers' network, Docker would take IPv6 visitors in all the same and hide their addresses.
  return [network.ipv6 ? '' : '0.0.0.0:'];
}

/** An address as it stands before a port. */
function before(address: string): string {
  return isIPv6(address) ? `[${address}]:` : `${address}:`;
}
