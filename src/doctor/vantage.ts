import type { NetworkInterfaceInfo } from 'node:os';
import ipaddr from 'ipaddr.js';
import type { Plan } from '../plan/plan.ts';

/** Where the doctor stands: what it can prove depends on it. */
export type Vantage = 'outside' | 'lan' | 'server';

type Network = Plan['answers']['network'];
type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** The server itself has one of the stack's addresses; its neighbours have one of the same network. */
export function vantageOf(network: Network, interfaces: Interfaces): Vantage {
  const own = Object.values(interfaces).flatMap((list) => list ?? []);
  const planned = [...network.publicAddresses, ...network.lanAddresses];
  if (own.some(({ address }) => planned.some((one) => isSame(one, address)))) return 'server';
  const near = own.some(
    ({ cidr, internal }) =>
      !internal && cidr !== null && network.lanAddresses.some((one) => isInside(one, cidr)),
  );
  return near ? 'lan' : 'outside';
}

/** Whether two spellings are of one address. */
export function isSame(one: string, other: string): boolean {
  return normal(one) === normal(other);
}

/** Whether the internet has no way to it. */
export function isPrivate(address: string): boolean {
  return ['private', 'uniqueLocal', 'carrierGradeNat', 'linkLocal', 'loopback'].includes(
    ipaddr.process(address).range(),
  );
}

export function isInside(address: string, cidr: string): boolean {
  const [base, prefix] = ipaddr.parseCIDR(cidr);
  const parsed = ipaddr.process(address);
  return (
    parsed.kind() === base.kind() && (parsed as ipaddr.IPv4).match(base as ipaddr.IPv4, prefix)
  );
}

function normal(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.process(address).toNormalizedString() : address;
}
