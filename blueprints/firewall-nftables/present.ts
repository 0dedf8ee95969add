import { type Decisions, localRanges, portRange, portsOf, series } from '../../src/blueprint.ts';

/** The port table in nftables' words: what everybody may reach, then what only the local network may. */
export function present(plan: Decisions) {
  const { network, answers } = plan;
  const { open } = portsOf(plan);
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
    lan: lan.length > 0,
    local4: series(localRanges.ipv4),
    local6: series(localRanges.ipv6),
  };
}
