/** IP addresses as answers and plans hold them: IPv4 in four parts, IPv6 without brackets. */

/** Whether an address, or a network in CIDR notation, is one of IPv6. */
export function isIPv6(address: string): boolean {
  return address.includes(':');
}

export function isIPv4(address: string): boolean {
  return !isIPv6(address);
}

/** The DNS record that leads to an address, as people say it: `A 203.0.113.7`. */
export function addressRecord(address: string): string {
  return `${isIPv6(address) ? 'AAAA' : 'A'} ${address}`;
}

/** An address and a port as most programs read them: `[2001:db8::7]:443`. */
export function socketAddress(address: string, port: number): string {
  return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Where the addresses of a local network come from: private ones, and those of a single link. */
export const localRanges = {
  ipv4: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'],
  ipv6: ['fc00::/7', 'fe80::/10'],
} as const;

/** Whether an IPv4 address is one that only a local network has. */
export function isLocalIPv4(address: string): boolean {
  return localRangeOf(address) !== undefined;
}

/** The range of private addresses that holds this one. */
export function localRangeOf(address: string): string | undefined {
  // Reckoned here: whatever features import is loaded before the first word, and node:net takes longer than all of them.
  return localRanges.ipv4.find((one) => {
    const [network = '', bits] = one.split('/');
    const size = 2 ** (32 - Number(bits));
    return Math.floor(numberOf(address) / size) === Math.floor(numberOf(network) / size);
  });
}

function numberOf(address: string): number {
  return address.split('.').reduce((number, part) => number * 256 + Number(part), 0);
}

/** The addresses of one container in the containers' network. */
export interface FixedAddress {
  readonly ipv4: string;
  readonly ipv6?: string;
}

/** All addresses of a container, IPv4 first; none of one without a fixed address. */
export function addressesOf(fixed: FixedAddress | undefined): readonly string[] {
  return fixed ? [fixed.ipv4, ...(fixed.ipv6 ? [fixed.ipv6] : [])] : [];
}

/** The name that is followed instead of a public address, where that is a router's and changes. */
export function changingName(network: {
  readonly exposure: string;
  readonly fixed: boolean;
  readonly addressName?: string | undefined;
}): string | undefined {
  return network.exposure === 'nat' && !network.fixed ? network.addressName : undefined;
}
