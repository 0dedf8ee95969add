import {
  type Decisions,
  type Endpoint,
  isIPv4,
  isIPv6,
  localRanges,
  portName,
  portsOf,
  series,
  sourcedRows,
} from '../../src/blueprint.ts';

/** The port table for people, with the ways to check it. */
export function present(plan: Decisions) {
  const { domain, certificates, network } = plan.answers;
  const { exposure, publicAddresses, lanAddresses } = network;
  const { open, server, machines, forwarded, local, inside } = portsOf(plan);
  const closed = [...local, ...inside];
  const answered = open.filter(({ service }) => service !== 'host');
  const advertised = publicAddresses.length > 0 || exposure === 'lan';
  return {
    domain,
    open: open.map((row) => ({
      port: portName(row),
      from: row.from === 'lan' ? 'the local network' : 'everybody',
      service: row.service === 'host' ? 'this server' : row.service,
      inHostNetwork: row.service !== 'host' && server.includes(row),
      purpose: row.purpose,
    })),
    /** What only further machines of the stack reach. */
    machines: machines.map((row) => ({
      ...{ port: portName(row), service: row.service, purpose: row.purpose },
      from: (row.sources ?? []).map(({ machine, address }) => `${machine} (${address})`).join(', '),
    })),
    lan: open.some(({ from }) => from === 'lan'),
    localRanges: [...localRanges.ipv4, ...localRanges.ipv6].join(', '),
    closed: closed.map((row) => ({
      port: portName(row),
      from: row.from === 'host' ? 'this server only (127.0.0.1)' : 'containers only',
      service: row.service,
      purpose: row.purpose,
    })),
    behindRouter: exposure === 'nat',
    forwarded: forwarded.map(portName),
    machineForwards: sourcedRows(plan)
      .filter(({ routed, address }) => routed && isIPv4(address))
      .map(({ endpoint, address }) => ({ port: portName(endpoint), address })),
    lanAddress: lanAddresses.find(isIPv4) ?? '',
    notForwarded: series(
      open
        .filter(({ from, forward }) => from === 'internet' && !forward)
        .map((row) => ({ port: portName(row), name: row.name })),
    ),
    ipv6: plan.network.subnet6 !== undefined,
    /** What a router lets through for one machine. */
    machinePasses: sourcedRows(plan)
      .filter(({ routed, address }) => routed && isIPv6(address))
      .map(({ endpoint, address }) => ({ port: portName(endpoint), address })),
    addresses6: series(publicAddresses.filter(isIPv6)),
    registry: plan.release.registry,
    acme: certificates.source === 'acme',
    advertised: series(advertised ? [...publicAddresses, ...lanAddresses] : []),
    vantage:
      exposure === 'lan' ? 'in the local network' : 'outside, a phone without Wi-Fi for example',
    https: open.some(({ name }) => name === 'https'),
    page: `${plan.url}/`,
    tries: {
      open: tcp(answered),
      closed: tcp(closed),
      udp: plan.answers.network.mediaPort,
    },
  };
}

/** What is tried with a connection: nothing answers a stranger over UDP. */
function tcp(rows: readonly Endpoint[]) {
  return rows
    .filter(({ protocol }) => protocol === 'tcp')
    .map(({ port, name }) => ({ port, name }));
}
