import ipaddr from 'ipaddr.js';
import { changingName } from '../addresses.ts';
import type { Problem } from '../errors.ts';
import type { Network } from './answers.ts';

const notServers = ['loopback', 'unspecified', 'multicast', 'linkLocal', 'broadcast'];

/** Answers about the network that do not go together. Addresses end up in what browsers are told to send to. */
export function checkNetwork(network: Network): readonly Problem[] {
  const { exposure, publicAddresses, lanAddresses, ipv6 } = network;
  const changing = changingName(network) !== undefined;
  const problems: Problem[] = [];
  const say = (name: string, what: string, fix: string) =>
    problems.push({ answer: `network.${name}`, what, fix });
  if (!network.fixed && exposure === 'public')
    say(
      'fixed',
      'An address that changes can only be a router’s.',
      'Choose --network-fixed true when this server keeps its address, or --network-exposure nat with its private address.',
    );
  if (changing && publicAddresses.length > 0)
    say(
      'publicAddresses',
      `The public address changes, so ${publicAddresses.join(', ')} would soon be wrong.`,
      'Leave it out: --network-address-name is followed instead. If the address stays the same, choose --network-fixed true.',
    );
  if (changing && ipv6)
    say(
      'ipv6',
      'With the public address the IPv6 network of the whole house changes, and with it this server’s address.',
      'Leave IPv6 off (--network-ipv6 false): people with IPv6 reach the server over IPv4 as well.',
    );
  if (exposure !== 'lan' && publicAddresses.length === 0 && !changing) {
    say(
      'publicAddresses',
      'A server on the internet needs at least one public address.',
      'Give it with --network-public-addresses.',
    );
  }
  if (exposure !== 'public' && lanAddresses.length === 0) {
    say(
      'lanAddresses',
      'The private address of this server is needed.',
      'Give it with --network-lan-addresses.',
    );
  }
  if (exposure === 'lan' && publicAddresses.length > 0) {
    say(
      'publicAddresses',
      'A server that only the local network reaches has no public address.',
      'Remove it, or choose --network-exposure nat.',
    );
  }
  for (const address of publicAddresses) {
    if (rangeOf(address) === 'carrierGradeNat') {
      say(
        'publicAddresses',
        `${address} is your provider’s own (carrier-grade NAT): nobody on the internet reaches it, and no port of it can be forwarded.`,
        'Ask the provider for a public IPv4 address, or lead one from elsewhere to this server: docs/networks.md has the ways out.',
      );
    } else if (['private', 'uniqueLocal'].includes(rangeOf(address))) {
      say(
        'publicAddresses',
        `${address} is private: the internet cannot see it.`,
        'Give the router’s or cloud’s public address, and this one with --network-lan-addresses.',
      );
    }
  }
  for (const [where, addresses] of Object.entries({ publicAddresses, lanAddresses })) {
    for (const address of addresses) {
      if (!notServers.includes(rangeOf(address))) continue;
      say(
        where,
        `${address} is not an address of a server.`,
        'Give an address that other computers reach.',
      );
    }
  }
  const six = [...publicAddresses, ...lanAddresses].filter((address) =>
    ipaddr.IPv6.isValid(address),
  );
  if (six.length > 0 && !ipv6) {
    say(
      'ipv6',
      `${six.join(', ')} is given, but IPv6 is off.`,
      'Switch it on with --network-ipv6, or leave the address out.',
    );
  }
  if (lanAddresses.some((address) => inside(address, network.subnet))) {
    say(
      'subnet',
      `The containers’ network ${network.subnet} holds the server’s own address.`,
      'Choose another one with --network-subnet.',
    );
  }
  return problems;
}

function rangeOf(address: string): string {
  return ipaddr.parse(address).range();
}

function inside(address: string, cidr: string): boolean {
  const parsed = ipaddr.parse(address);
  return parsed.kind() === 'ipv4' && (parsed as ipaddr.IPv4).match(ipaddr.IPv4.parseCIDR(cidr));
}
