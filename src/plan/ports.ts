import { isIPv4, isIPv6 } from '../addresses.ts';
import type { Network } from '../answers/answers.ts';
import type { Decisions, Endpoint, Plan } from './plan.ts';

/** The port table, read: who reaches which of its rows, and who answers. All lists are in the table's own order. */
export interface Ports {
  /** What the internet or the local network may reach. */
  readonly open: readonly Endpoint[];
  /** Of the open ones, those that the server itself answers: its own programs, and containers in its own network. */
  readonly server: readonly Endpoint[];
  /** Of the open ones, those that Docker publishes for a container. */
  readonly published: readonly Endpoint[];
  /** What further machines of the stack reach, and nobody else from outside. */
  readonly machines: readonly Endpoint[];
  /** What a router has to forward. */
  readonly forwarded: readonly Endpoint[];
  /** The way in of whoever looks after the server: opened before all others, and of no concern to people who meet. */
  readonly administration: readonly Endpoint[];
  /** What only programs on this server reach, on 127.0.0.1. */
  readonly local: readonly Endpoint[];
  /** What only the stack's own containers reach. */
  readonly inside: readonly Endpoint[];
}

export function portsOf({ endpoints, services }: Pick<Plan, 'endpoints' | 'services'>): Ports {
  const onServer = ({ service }: Endpoint) =>
    service === 'host' ||
    services.some(({ name, network }) => name === service && network === 'host');
  const open = endpoints.filter(({ from }) => from === 'internet' || from === 'lan');
  return {
    open,
    server: open.filter(onServer),
    published: open.filter((endpoint) => !onServer(endpoint)),
    machines: endpoints.filter(({ from }) => from === 'machines'),
    forwarded: open.filter(({ forward }) => forward),
    administration: open.filter(({ administration }) => administration),
    local: endpoints.filter(({ from }) => from === 'host'),
    inside: endpoints.filter(({ from }) => from === 'containers'),
  };
}

/** A row with one source of its own: what a firewall lets in from a further machine. */
export interface SourcedRow {
  readonly endpoint: Endpoint;
  /** `xmpp-machines-b1`. */
  readonly name: string;
  readonly address: string;
  readonly routed: boolean;
}

/** The rows that only further machines reach, once for each of them. */
export function sourcedRows(plan: Pick<Plan, 'endpoints' | 'services'>): readonly SourcedRow[] {
  return portsOf(plan).machines.flatMap((endpoint) =>
    (endpoint.sources ?? []).map(({ machine, address, routed }) => ({
      endpoint,
      name: `${endpoint.name}-${machine}`,
      address,
      routed,
    })),
  );
}

/** What visitors use of whatever is in front of the server: where that translates, only what it forwards. */
export function visitedRows(plan: Decisions): readonly Endpoint[] {
  const { open, forwarded } = portsOf(plan);
  const reached = plan.answers.network.exposure === 'nat' ? forwarded : open;
  return reached.filter(({ administration }) => !administration);
}

/** Who reaches a row, as people say it. */
export const audiences: Readonly<Record<Endpoint['from'], string>> = {
  internet: 'internet',
  lan: 'local network',
  machines: 'named machines',
  host: 'this server',
  containers: 'containers',
};

/** Who really reaches it: what a router does not forward, only its own network does. */
export function audienceOf(
  { from, forward }: Endpoint,
  { answers }: Pick<Plan, 'answers'>,
): Endpoint['from'] {
  return from === 'internet' && !forward && answers.network.exposure === 'nat' ? 'lan' : from;
}

/** `443`, or `50000-50199` with what stands between the two in the language at hand. */
export function portRange({ port, lastPort }: Endpoint, between = '-'): string {
  return lastPort === undefined ? String(port) : `${port}${between}${lastPort}`;
}

/** `443/tcp`, `50000-50199/udp`. */
export function portName(endpoint: Endpoint): string {
  return `${portRange(endpoint)}/${endpoint.protocol}`;
}

/** The host's own addresses at which people reach it, IPv4 first. IPv6 is not translated: a public one is the host's own. */
export function listeningAddresses({
  exposure,
  publicAddresses,
  lanAddresses,
}: Network): readonly string[] {
  const own = {
    public: publicAddresses,
    lan: lanAddresses,
    nat: [...lanAddresses, ...publicAddresses.filter(isIPv6)],
  }[exposure];
  return [...own.filter(isIPv4), ...own.filter(isIPv6)];
}
