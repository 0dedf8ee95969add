import { type Decisions, fixedAddress } from '../../src/blueprint.ts';

/** Who is asked for numbers, and where. */
export function targetsIn({ services, network }: Decisions) {
  const has = (service: string) => services.some(({ name }) => name === service);
  const at = (service: string) => fixedAddress(network, service, 'extra-monitoring').ipv4;
  return {
    targets: [
      { job: 'jvb', address: `${at('jvb')}:8080` },
      { job: 'jicofo', address: 'jicofo:8888' },
      // Prosody answers one network of IPv4, and a name may lead to an IPv6 address.
      { job: 'prosody', address: `${at('prosody')}:5280` },
      ...(has('nginx') ? [{ job: 'nginx', address: `${at('nginx')}:8091` }] : []),
      ...(has('haproxy') ? [{ job: 'haproxy', address: `${at('haproxy')}:8406` }] : []),
      // The relay is in the host’s own network.
      ...(has('coturn') ? [{ job: 'coturn', address: `${network.gateway}:9641` }] : []),
      { job: 'node', address: 'node-exporter:9100' },
      { job: 'prometheus', address: '127.0.0.1:9090' },
    ],
  };
}
