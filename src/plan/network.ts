import ipaddr from 'ipaddr.js';
import type { Network } from '../answers/answers.ts';
import { StackError } from '../errors.ts';
import type { PlannedNetwork } from './plan.ts';

/** A feature's claim on a number in the containers' network. */
export interface AddressClaim {
  readonly service: string;
  readonly number: number;
  readonly blueprint: string;
}

/**
 * The containers' network with its fixed addresses. They lie below 64; Docker hands out the upper half by itself, so the
 * two never meet.
 *
 * @throws StackError when two services claim one number
 */
export function planNetwork(network: Network, claims: readonly AddressClaim[]): PlannedNetwork {
  const addresses: Record<string, { ipv4: string; ipv6?: string }> = {};
  const holders = new Map<number, AddressClaim>();
  for (const claim of [...claims].sort((a, b) => a.number - b.number)) {
    const holder = holders.get(claim.number);
    if (holder) {
      throw new StackError({
        what: `Both “${holder.service}” (blueprint ${holder.blueprint}) and “${claim.service}” (blueprint ${claim.blueprint}) claim address number ${claim.number}.`,
      });
    }
    holders.set(claim.number, claim);
    addresses[claim.service] = {
      ipv4: nth(network.subnet, claim.number),
      ...(network.ipv6 && { ipv6: nth(network.subnet6, claim.number) }),
    };
  }
  const [base, prefix] = ipaddr.parseCIDR(network.subnet);
  const size = 2 ** (32 - prefix);
  return {
    name: 'meet.jitsi',
    bridge: network.bridge,
    subnet: network.subnet,
    ...(network.ipv6 && { subnet6: network.subnet6 }),
    dynamicRange: `${plus(base, size / 2)}/${prefix + 1}`,
    gateway: nth(network.subnet, 1),
    addresses,
  };
}

/** The n-th address of a network. */
function nth(cidr: string, n: number): string {
  return plus(ipaddr.parseCIDR(cidr)[0], n);
}

function plus(address: ipaddr.IPv4 | ipaddr.IPv6, n: number): string {
  const bytes = address.toByteArray();
  let carry = n;
  for (let i = bytes.length - 1; i >= 0 && carry > 0; i--) {
    carry += bytes[i] ?? 0;
    bytes[i] = carry % 256;
    carry = Math.floor(carry / 256);
  }
  const sum = ipaddr.fromByteArray(bytes);
  return sum.kind() === 'ipv6' ? (sum as ipaddr.IPv6).toRFC5952String() : sum.toString();
}
