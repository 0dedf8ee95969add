import { isIPv6 } from '../../addresses.ts';
import type { Exposure } from '../answers.ts';
import { type LocalAddresses, reach } from './addresses.ts';
import type { DnsAnswer } from './dns.ts';
import { proxyOf } from './proxies.ts';

/** Where a name leads, seen from this host. */
export type Lead =
  /** To one of this host's own addresses. */
  | 'here'
  /** To a public address while this host has private ones only: a router or a cloud's NAT is in between. */
  | 'router'
  /** To somebody else. */
  | 'elsewhere'
  /** To a service that passes on web pages but no media. */
  | 'proxy'
  /** The name has no address. */
  | 'nowhere'
  /** DNS did not answer. */
  | 'unknown';

/** Compares a name's addresses with the host's. */
export function leadOf(answer: DnsAnswer, local: LocalAddresses): Lead {
  if (answer.outcome !== 'found') return answer.outcome === 'none' ? 'nowhere' : 'unknown';
  const own = [...local.public, ...local.private];
  if (answer.addresses.some((address) => own.includes(address))) return 'here';
  if (answer.addresses.some(proxyOf)) return 'proxy';
  const isPublic = answer.addresses.some((address) => reach(address) === 'public');
  return isPublic && !local.public.some((address) => !isIPv6(address)) ? 'router' : 'elsewhere';
}

/** Names that only a local network can resolve (RFC 6761, RFC 6762, RFC 8375 and habit). */
const localName =
  /\.(lan|local|localdomain|internal|intranet|corp|home|home\.arpa|test|localhost)$/;

/** How a server is most likely reached of which only the name is known: a rented one has its public address itself. */
export function namedExposure(domain: string, answer: DnsAnswer): Exposure {
  if (answer.outcome !== 'found') return localName.test(domain) ? 'lan' : 'public';
  return answer.addresses.every((address) => reach(address) !== 'public') ? 'lan' : 'public';
}

/** How the server is most likely reached. */
export function likelyExposure(domain: string, answer: DnsAnswer, local: LocalAddresses): Exposure {
  if (answer.outcome === 'found' && leadOf(answer, local) !== 'proxy') {
    if (answer.addresses.every((address) => reach(address) !== 'public')) return 'lan';
  }
  if (local.public.some((address) => !isIPv6(address))) return 'public';
  if (leadOf(answer, local) === 'here') return 'public';
  if (answer.outcome !== 'found' && localName.test(domain)) return 'lan';
  return 'nat';
}
