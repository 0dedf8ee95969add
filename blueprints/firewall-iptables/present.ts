import {
  addressesOf,
  type Decisions,
  hostFirewall,
  isIPv6,
  localRanges,
  portRange,
  portsOf,
  sourcedRows,
} from '../../src/blueprint.ts';

/** The port table in the words of iptables: one list for the server and for containers, by the port that visitors ask for. */
export function present(plan: Decisions) {
  const { bridge, perSource, relay, relayDoors } = hostFirewall(plan, ':');
  const inner = plan.passthrough.flatMap(({ service }) =>
    addressesOf(plan.network.addresses[service]),
  );
  return {
    domain: plan.answers.domain,
    bridge,
    perSource,
    relay,
    relayDoors,
    /** A relay in the containers' network, where the edge passes its visitors on to. */
    innerRelays: inner.map((address) => ({ address, family: isIPv6(address) ? '-6' : '-4' })),
    rows: portsOf(plan).open.map((endpoint) => ({
      name: endpoint.name,
      protocol: endpoint.protocol,
      port: portRange(endpoint, ':'),
      lan: endpoint.from === 'lan',
      /** Without IPv6 in the containers' network, only the server's own programs speak it. */
      ipv4Only: endpoint.service !== 'host' && plan.network.subnet6 === undefined,
    })),
    machines: sourcedRows(plan).map(({ endpoint, name, address }) => ({
      ...{ name, address, family: isIPv6(address) ? '-6' : '-4' },
      ...{ protocol: endpoint.protocol, port: portRange(endpoint, ':') },
    })),
    local: [
      ...localRanges.ipv4.map((source) => ({ family: '-4', source })),
      ...localRanges.ipv6.map((source) => ({ family: '-6', source })),
    ],
    sources4: localRanges.ipv4.join(' '),
    sources6: localRanges.ipv6.join(' '),
  };
}
