import { localRanges } from '../addresses.ts';
import { perSource } from './per-source.ts';
import type { Decisions, Endpoint } from './plan.ts';
import { portName, portRange, portsOf, sourcedRows } from './ports.ts';

/**
 * What a firewall on the server prints, whichever one it is. It has two ways to watch: to the server's own programs, and
 * through Docker to containers, by the port that visitors use.
 *
 * @param between what stands between the first and last port of a range there
 */
export function hostFirewall(plan: Decisions, between: string) {
  const { published, administration, server } = portsOf(plan);
  const relay = server.find(({ lastPort, protocol }) => lastPort && protocol === 'udp');
  const [way] = administration;
  if (!way) throw new Error('The port table has no row of the administration.');
  const row = (endpoint: Endpoint) => {
    const { protocol, from, name } = endpoint;
    return { protocol, port: portRange(endpoint, between), from, name };
  };
  const machines = sourcedRows(plan).map(({ endpoint, name, address }) => ({
    ...row(endpoint),
    ...{ name, from: address },
  }));
  return {
    server: serverRows(plan).map(row),
    containers: [...published.map(row), ...machines],
    /** Some are for one further machine alone, by its address. */
    machines: machines.length > 0,
    /** IPv6 reaches the containers too. */
    ipv6: plan.network.subnet6 !== undefined,
    /** Where the addresses of a local network come from, in one word. */
    local4: localRanges.ipv4.join(' '),
    local6: localRanges.ipv6.join(' '),
    bridge: plan.network.bridge,
    perSource,
    /** What a relay in the server's own network sends from; empty without one. */
    relay: relay ? portRange(relay, ':') : '',
    /** Where people ask the relay. */
    relayDoors: server
      .filter((one) => one.service === relay?.service && one !== relay)
      .map(({ protocol, port }) => ({ protocol, port })),
    administration: { name: way.name, port: portName(way) },
  };
}

/**
 * What the server itself receives, its owner's way in first. With IPv6 in the containers' network their ports are among
 * it: an older Docker receives IPv6 with a program on the server.
 */
function serverRows(plan: Decisions): readonly Endpoint[] {
  const { open, server, administration } = portsOf(plan);
  const received = plan.network.subnet6 === undefined ? server : open;
  return [...administration, ...received.filter((row) => !row.administration)];
}
