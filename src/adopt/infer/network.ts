import ipaddr from 'ipaddr.js';
import type { Findings } from '../findings.ts';
import { switched, type Variables } from '../variables.ts';

const privateRanges = ['private', 'uniqueLocal', 'carrierGradeNat', 'loopback', 'linkLocal'];

/** How the server is reached, from the addresses that the bridge tells browsers. */
export function inferNetwork(variables: Variables, findings: Findings): void {
  findings.use('network', 'JVB_ADVERTISE_IPS', 'DOCKER_HOST_ADDRESS', 'ENABLE_IPV6');
  findings.use('host', 'TZ');
  const zone = variables.get('TZ');
  if (zone) findings.answer('host.timezone', zone.value, 'TZ', zone.evidence);
  const six = variables.get('ENABLE_IPV6');
  const stated = variables.get('JVB_ADVERTISE_IPS') ?? variables.get('DOCKER_HOST_ADDRESS');
  const entries = (stated?.value ?? '').split(',').map((entry) => entry.trim());
  const addresses = entries.map((entry) => entry.replace(/#\d+$/, '')).filter(isAddress);
  const ipv6 = addresses.some((address) => address.includes(':'));
  if (stated && ipv6) {
    findings.answer('network.ipv6', true, 'the bridge announces an IPv6 address', stated.evidence);
  } else if (six && switched(six) === 'off') {
    findings.answer('network.ipv6', false, 'ENABLE_IPV6 is off', six.evidence);
  }
  if (!stated) return;
  const name = stated.evidence.key ?? 'JVB_ADVERTISE_IPS';
  const odd = entries.filter((entry) => entry !== '' && !isAddress(entry));
  if (odd.length > 0) {
    findings.noPlace(
      name,
      { ...stated, value: odd.join(', ') },
      'Only literal addresses are announced, with the bridge’s own port 10000/udp. Forward that port to this server, or set JVB_ADVERTISE_IPS in compose.override.yaml.',
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
  return ipaddr.isValid(text) && (text.includes(':') || /^\d+(\.\d+){3}$/.test(text));
}

function isPrivate(address: string): boolean {
  return privateRanges.includes(ipaddr.parse(address).range());
}
