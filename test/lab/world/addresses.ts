/**
 * Who is where. Addresses that count as public to every program, the relay's list of refused ones too; documentation
 * ranges are refused there. They exist in the lab's own namespaces only.
 */
export const addresses = {
  /** The middle of the internet: routes, and runs the certificate authority and a name server. */
  hub: {
    client: ['11.1.0.1', '2a11:b:1::1'],
    server: ['11.2.0.1', '2a11:b:2::1'],
    router: ['11.3.0.1', '2a11:b:3::1'],
    office: ['11.5.0.1', '2a11:b:5::1'],
    further: [
      ['11.6.0.1', '2a11:b:6::1'],
      ['11.7.0.1', '2a11:b:7::1'],
    ],
  },
  /** Further machines of the stack, in data centres of their own. */
  further: [
    ['11.6.0.2', '2a11:b:6::2'],
    ['11.7.0.2', '2a11:b:7::2'],
  ],
  /** Somebody in a company whose firewall lets out TCP 443 and nothing else. */
  office: ['11.5.0.2', '2a11:b:5::2'],
  /** Somebody on the internet. */
  client: ['11.1.0.2', '2a11:b:1::2'],
  /** A server with a public address. */
  server: ['11.2.0.2', '2a11:b:2::2'],
  /** The outside of a home or office router. */
  router: ['11.3.0.2', '2a11:b:3::2'],
  /** The network behind it. IPv6 is routed, IPv4 translated. */
  lan: {
    router: ['192.168.77.1', '2a11:b:4::1'],
    client: ['192.168.77.30', '2a11:b:4::30'],
    server: ['192.168.77.20', '2a11:b:4::20'],
    net6: '2a11:b:4::/64',
    net4: '192.168.77.0/24',
  },
} as const;

/** With the length of the prefix, as `ip address add` wants it. */
export function withPrefix(list: readonly string[]): string[] {
  return list.map((address) => `${address}/${address.includes(':') ? 64 : 24}`);
}
