import { type Decisions, isIPv4, isIPv6, portRange, portsOf } from '../../src/blueprint.ts';

/** The port table in the words of a FortiGate, which translates IPv4 where the server has a private address. */
export function present(plan: Decisions) {
  const { exposure, publicAddresses, lanAddresses } = plan.answers.network;
  const translated = exposure === 'nat' ? publicAddresses.filter(isIPv4) : [];
  const own = (exposure === 'public' ? publicAddresses : lanAddresses).filter(isIPv4);
  // IPv6 is not translated: behind a router too, the server has its public address itself.
  const own6 = (exposure === 'lan' ? lanAddresses : publicAddresses).filter(isIPv6);
  const { open, forwarded } = portsOf(plan);
  const rows = translated.length > 0 ? forwarded : open.filter((row) => !row.administration);
  const services = rows.map((endpoint) => ({
    name: endpoint.name,
    protocol: endpoint.protocol,
    port: portRange(endpoint),
  }));
  const forwards = translated.flatMap((address, index) =>
    services.map((row) => ({
      ...row,
      object: numbered(`jitsi-${row.name}`, index),
      address,
      server: own[0] ?? '',
    })),
  );
  const reachable = forwards.length > 0 ? [] : own;
  const addresses = reachable.map((address, index) => ({
    object: numbered('jitsi-server', index),
    address,
  }));
  return {
    domain: plan.answers.domain,
    mediaPort: plan.answers.network.mediaPort,
    services,
    forwards,
    addresses,
    addresses6: own6.map((address, index) => ({
      object: numbered('jitsi-server6', index),
      address,
    })),
    destinations: (forwards.length > 0 ? forwards : addresses).map(({ object }) => object),
  };
}

/** The name of an object; the second and further of one kind have their number behind it. */
function numbered(name: string, index: number): string {
  return index > 0 ? `${name}-${index + 1}` : name;
}
