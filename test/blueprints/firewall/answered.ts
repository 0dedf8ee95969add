import { renderedOf } from '../../matrix/stack.ts';

/** A stack behind these firewalls, with a relay and plain answers to all else. */
export function stackBehind(firewall: readonly string[], network: object, more: object = {}) {
  return renderedOf({
    domain: 'meet.example.org',
    network,
    edge: { proxy: 'nginx' },
    certificates: { source: 'own' },
    turn: { mode: 'coturn', domain: 'turn.example.org' },
    auth: { mode: 'internal' },
    firewall,
    ...more,
  });
}

/** Behind a router, with IPv6. */
export const routed = {
  exposure: 'nat',
  publicAddresses: ['198.51.100.7', '2001:db8::7'],
  lanAddresses: ['192.168.10.20'],
  ipv6: true,
};
