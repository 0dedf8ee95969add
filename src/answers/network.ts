import ipaddr from 'ipaddr.js';
import type { Problem } from '../errors.ts';
import type { Network } from './answers.ts';

const notServers = ['loopback', 'unspecified', 'multicast', 'linkLocal', 'broadcast'];

/** Answers about the network that do not go together. Addresses end up in what browsers are told to send to. */
export function checkNetwork(network: Network): readonly Problem[] {
  const { exposure, publicAddresses, lanAddresses, ipv6 } = network;
  const problems: Problem[] = [];
  const say = (name: string, what: string, fix: string) =>
    problems.push({ answer: `network.${name}`, what, fix });
  if (exposure !== 'lan' && publicAddresses.length === 0) {
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
    if (['private', 'uniqueLocal', 'carrierGradeNat'].includes(rangeOf(address))) {
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
