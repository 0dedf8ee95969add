import ipaddr from 'ipaddr.js';
import { isIPv6 } from '../../addresses.ts';
import { placeOf } from '../evidence.ts';
import type { Findings } from '../findings.ts';
import { switched, type Variables } from '../variables.ts';

const privateRanges = ['private', 'uniqueLocal', 'carrierGradeNat'];
/** Nobody reaches a server there, although upstream's own example names such an address. */
const nowhere = ['loopback', 'linkLocal', 'unspecified', 'multicast', 'broadcast'];

/** How the server is reached, from the addresses that the bridge tells browsers. */
export function inferNetwork(variables: Variables, findings: Findings): void {
  findings.use('network', 'JVB_ADVERTISE_IPS', 'DOCKER_HOST_ADDRESS', 'ENABLE_IPV6');
  findings.use('host', 'TZ');
  const zone = variables.get('TZ');
  if (zone) findings.answer('host.timezone', zone.value, 'TZ', zone.evidence);
  const six = variables.get('ENABLE_IPV6');
  const stated = variables.get('JVB_ADVERTISE_IPS') ?? variables.get('DOCKER_HOST_ADDRESS');
  const entries = (stated?.value ?? '').split(',').map((entry) => entry.trim());
  const literal = entries.map((entry) => entry.replace(/#\d+$/, '')).filter(isAddress);
  const addresses = literal.filter((address) => !nowhere.includes(rangeOf(address)));
  const ipv6 = addresses.filter(isIPv6);
  if (stated && ipv6.length > 0) {
    findings.answer('network.ipv6', true, 'the bridge announces an IPv6 address', stated.evidence);
    findings.notes.push(
      `${placeOf(stated.evidence)}: the image took ${ipv6.join(', ')} for a name of the bridge’s IPv4 address, so people with IPv6 had neither sound nor picture from three people on. The stack leads it to the bridge’s own IPv6 address.`,
    );
  } else if (six && switched(six) === 'off') {
    findings.answer('network.ipv6', false, 'ENABLE_IPV6 is off', six.evidence);
  }
  if (!stated) return;
  const name = stated.evidence.key ?? 'JVB_ADVERTISE_IPS';
  const odd = entries.filter((entry) => entry !== '' && !addresses.includes(entry));
  if (odd.length > 0) {
    findings.noPlace(
      name,
      { ...stated, value: odd.join(', ') },
      'Only literal addresses at which others reach this server are announced, with the bridge’s own port (--network-media-port). Forward that port to this server, or set JVB_ADVERTISE_IPS in compose.override.yaml.',
    );
  }
  const inside = addresses.filter((address) => isPrivate(address));
  const outside = addresses.filter((address) => !isPrivate(address));
  const answer = (place: string, value: unknown, why: string) =>
    findings.answer(`network.${place}`, value, why, stated.evidence);
  const both = 'the bridge announces public and private addresses';
  if (outside.length > 0) {
    if (inside.length > 0) {
      answer('exposure', 'nat', both);
      answer('lanAddresses', inside, `private addresses in ${name}`);
    }
    answer('publicAddresses', outside, `public addresses in ${name}`);
  } else if (inside.length > 0) {
    // A single private address is what people behind a router set by mistake, too: the host's own view decides.
    answer('lanAddresses', inside, `private addresses in ${name}`);
  }
}

function isAddress(text: string): boolean {
  return ipaddr.isValid(text) && (isIPv6(text) || /^\d+(\.\d+){3}$/.test(text));
}

function isPrivate(address: string): boolean {
  return privateRanges.includes(rangeOf(address));
}

function rangeOf(address: string): string {
  return ipaddr.parse(address).range();
}
