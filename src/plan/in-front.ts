import { changingName, isIPv4, isIPv6, localRangeOf, localRanges } from '../addresses.ts';
import type { Contribution } from './blueprint.ts';
import { perSource } from './per-source.ts';
import type { Decisions, Endpoint } from './plan.ts';
import { portRange, type SourcedRow, sourcedRows, visitedRows } from './ports.ts';

/**
 * What a router in front of the server has to let through, whichever one it is. IPv4 is forwarded where the server has a
 * private address; IPv6, and IPv4 elsewhere, only passes. Nobody has to forward the way in of whoever looks after the server.
 */
export function routerFirewall(plan: Decisions) {
  const { domain, name, network } = plan.answers;
  const { exposure, publicAddresses, lanAddresses } = network;
  const nat = exposure === 'nat';
  const lan = exposure === 'lan';
  const own = lan ? lanAddresses : publicAddresses;
  const translated = nat ? publicAddresses.filter(isIPv4) : [];
  // Where the router translates, only those come through it that are on its other side.
  const through = sourcedRows(plan).filter(({ routed }) => routed || !nat);
  const rowsOf = (isOfFamily: (address: string) => boolean) =>
    through
      .filter(({ address }) => isOfFamily(address))
      .map((row) => sourcedRouterRow(row, plan.endpoints));
  const machines = rowsOf(isIPv4);
  const machines6 = rowsOf(isIPv6);
  const visited = visitedRows(plan).map((endpoint) => ({
    ...routerRow(endpoint, plan.endpoints),
    /** The one address that is let in; empty for all. */
    source: '',
    from: 'any',
    from4: lan ? localRanges.ipv4.join(', ') : 'any',
    from6: lan ? localRanges.ipv6.join(', ') : 'any',
  }));
  const private4 = lanAddresses.find(isIPv4) ?? '';
  const forwards = translated.length > 0 || changingName(network) !== undefined;
  const server = forwards ? private4 : '';
  const reached4 = nat ? [] : own.filter(isIPv4);
  const reached6 = own.filter(isIPv6);
  return {
    domain,
    /** What everything of this stack is called there. */
    tag: `jitsi-${name}`,
    /** What people use, the same over IPv4 and IPv6. */
    visited,
    /** Over IPv4: what people use, then what one further machine each does. */
    rows: [...visited, ...machines],
    machines,
    /** The same over IPv6. */
    rows6: [...visited, ...machines6],
    machines6,
    mediaPort: network.mediaPort,
    /** The private address that IPv4 is forwarded to; empty where nothing is. */
    server,
    /** The public addresses that are translated; none where it changes. */
    translated,
    /** Where people of the local network come from who use a public address that is translated. */
    home: private4 === '' ? '' : (localRangeOf(private4) ?? private4),
    /** The server’s own addresses, to which nothing is translated. */
    reached4,
    reached6,
    /** Whether IPv4 has any way to the server, and whether anything passes that is not translated. */
    lets4: server !== '' || reached4.length > 0,
    passes: reached4.length > 0 || reached6.length > 0,
    /** Only addresses of a local network are let through. */
    lan,
    local4: localRanges.ipv4,
    local6: localRanges.ipv6,
  };
}

/** A row for one further machine: nobody else is let in. */
function sourcedRouterRow({ endpoint, name, address }: SourcedRow, all: readonly Endpoint[]) {
  return {
    ...routerRow(endpoint, all),
    name,
    /** What the row is called without the machine. */
    endpoint: endpoint.name,
    source: address,
    from: address,
    from4: address,
    from6: address,
  };
}

function routerRow(endpoint: Endpoint, all: readonly Endpoint[]) {
  const { name, protocol, port, purpose } = endpoint;
  const share = shareOf(endpoint, all);
  return { name, protocol, port: portRange(endpoint), first: port, purpose, share };
}

/** How many connections one source may have to a port at the same time; 0 for media, which nobody can crowd. */
function shareOf(endpoint: Endpoint, all: readonly Endpoint[]): number {
  if (endpoint.lastPort !== undefined) return 0;
  const lends = all.some(
    ({ service, protocol, lastPort }) =>
      service === endpoint.service && protocol === 'udp' && lastPort !== undefined,
  );
  if (lends) return perSource.flows;
  return endpoint.protocol === 'tcp' ? perSource.connections : 0;
}

/** The step, and the warning, of a router whose file nobody has tried on a real one. */
export function openRouter(router: {
  /** As in “the MikroTik”. */
  readonly name: string;
  readonly file: string;
  /** What to do with the file. */
  readonly how: string;
}): Contribution {
  return {
    steps: [
      {
        phase: 'before',
        repeat: 'ports',
        covers: 'forwards',
        title: `Open the ${router.name}`,
        detail: router.how,
      },
    ],
    notes: [
      {
        level: 'warning',
        text: `${router.file} follows the maker’s documentation; it has not been tried on a real ${router.name}. Check from outside afterwards, as firewall/ports.md says.`,
      },
    ],
  };
}
