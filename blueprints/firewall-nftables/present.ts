import {
  addressesOf,
  type Decisions,
  type Endpoint,
  isIPv4,
  isIPv6,
  localRanges,
  perSource,
  portRange,
  portsOf,
  series,
} from '../../src/blueprint.ts';

/** The port table in nftables' words: what everybody may reach, then what only the local network may. */
export function present(plan: Decisions) {
  const { network, answers, passthrough } = plan;
  const { open, server, machines } = portsOf(plan);
  /** What a relay in the server's own network sends from. */
  const relay = server.find(({ lastPort, protocol }) => lastPort && protocol === 'udp');
  const inner = passthrough.flatMap(({ service }) => addressesOf(network.addresses[service]));
  const lan = open.filter(({ from }) => from === 'lan');
  const rows = [...open.filter(({ from }) => from === 'internet'), ...lan];
  return {
    domain: answers.domain,
    bridge: network.bridge,
    subnet: network.subnet,
    subnet6: network.subnet6 ?? '',
    rows: rows.map((endpoint) => ({
      name: endpoint.name,
      protocol: endpoint.protocol,
      port: portRange(endpoint),
      /** Without IPv6 in the containers' network, only the server's own programs speak it. */
      ipv4Only: endpoint.service !== 'host' && network.subnet6 === undefined,
      firstOfLan: endpoint === lan[0],
    })),
    /** What only further machines reach: for each family, their addresses. */
    machines: machines.flatMap((endpoint) =>
      familiesOf(endpoint).map(({ family, addresses }) => ({
        ...{ name: endpoint.name, protocol: endpoint.protocol, port: portRange(endpoint), family },
        sources: series(addresses),
      })),
    ),
    perSource,
    relay: relay ? portRange(relay) : '',
    /** Where people ask the relay. */
    relayDoors: server
      .filter((row) => row.service === relay?.service && row !== relay)
      .map(({ protocol, port }) => ({ protocol, port })),
    /** A relay in the containers' network, where the edge passes its visitors on to. */
    innerRelays: inner.map((address) => ({ address, family: isIPv6(address) ? 'ip6' : 'ip' })),
    lan: lan.length > 0,
    local4: series(localRanges.ipv4),
    local6: series(localRanges.ipv6),
  };
}

/** In one rule of nftables all addresses are of one family. */
function familiesOf({ sources = [] }: Endpoint) {
  const all = sources.map(({ address }) => address);
  return [
    { family: 'ip', addresses: all.filter(isIPv4) },
    { family: 'ip6', addresses: all.filter(isIPv6) },
  ].filter(({ addresses }) => addresses.length > 0);
}
