import { domainToUnicode } from 'node:url';
import { addressRecord, isIPv6 } from '../../addresses.ts';
import type { LocalAddresses } from '../../answers/detect/addresses.ts';
import type { DnsAnswer } from '../../answers/detect/dns.ts';
import { type Docker, dockerTrouble } from '../../answers/detect/docker.ts';
import { type Lead, leadOf } from '../../answers/detect/exposure.ts';
import { listenerName, type WebListener } from '../../answers/detect/listeners.ts';
import { proxyOf } from '../../answers/detect/proxies.ts';
import { listing } from './table.ts';

/** What detection found, as far as it says something. */
export interface Found {
  readonly domain: string;
  readonly answer: DnsAnswer;
  /** What this computer is, where Jitsi will run on it. */
  readonly here?: ServerFound;
}

interface ServerFound {
  readonly local: LocalAddresses;
  readonly docker: Docker;
  readonly firewalls: readonly string[];
  readonly listener?: WebListener;
}

/** What was found in DNS and on the server, as a small table. */
export function foundTable({ domain, answer, here }: Found, width: number): string {
  const spoken = domainToUnicode(domain) || domain;
  const named =
    answer.outcome === 'found'
      ? `points to ${answer.addresses.join(', ')}`
      : unnamed[answer.outcome];
  return listing([['DNS', `${spoken} ${named}`], ...(here ? serverRows(here) : [])], width);
}

function serverRows({ local, docker, firewalls, listener }: ServerFound): [string, string][] {
  const addresses = [
    ...local.public.map((address) => `${address} (public)`),
    ...local.private.map((address) => `${address} (private)`),
  ];
  return [
    ['Addresses', addresses.join(', ') || 'none that other computers can reach'],
    ['Firewall', firewalls.join(', ') || 'none active'],
    ...(listener ? [foundListener(listener)] : []),
    ['Docker', dockerTrouble(docker) ?? `${docker.engine}, Compose ${docker.compose}`],
  ];
}

const unnamed = { none: 'has no record yet', unknown: 'is not known: DNS did not answer' } as const;

function foundListener(listener: WebListener): [string, string] {
  const name = listenerName(listener);
  return listener.ports.length === 0 ? ['Tunnel', name] : [portsOf(listener), `taken by ${name}`];
}

/** What has to be said about the web's ports, or about a tunnel. */
export function takenWarning(listener: WebListener): string {
  if (listener.ports.length === 0)
    return `A tunnel runs here: ${listenerName(listener)}. The page can come through it, but audio and video cannot: they need UDP port 10000 of this server, directly.`;
  return `${listenerName(listener)} uses ${portsOf(listener).toLowerCase()} on this server. Keep it as your own reverse proxy in front of this stack, or stop it before the first start.`;
}

function portsOf({ ports }: WebListener): string {
  return `${ports.length > 1 ? 'Ports' : 'Port'} ${ports.join(' and ')}`;
}

/**
 * What has to be said about where the name leads; undefined when all is as it should be.
 *
 * @param local the server's own addresses, where they are known
 * @param given where it has to lead as somebody has said: addresses, or a name that follows one
 */
export function leadWarning({
  domain,
  local,
  given = [],
  answer,
  listener,
}: {
  domain: string;
  local?: LocalAddresses;
  given?: readonly string[];
  answer: DnsAnswer;
  listener?: WebListener;
}): string | undefined {
  const named = answer.outcome === 'found' ? answer.addresses : [];
  const own = given.length > 0 ? given : (local?.public.slice(0, 1) ?? []);
  switch (givenLead(answer, given) ?? leadOf(answer, local ?? { public: [], private: [] })) {
    case 'proxy':
      // So it has to be behind a tunnel.
      if (listener?.ports.length === 0) return undefined;
      return `${domain} points to ${named.find(proxyOf)}, which is ${proxyOf(named.find(proxyOf) ?? '')}’s proxy. Switch the record to “DNS only”: web pages pass through that proxy, but audio, video and the relay cannot.`;
    case 'elsewhere':
      if (given.length > 0)
        return `${domain} points to ${named.join(', ')}, but you gave ${given.join(', ')}. Correct its DNS record before the first start.`;
      if (!local) return undefined;
      return `${domain} points to ${named.join(', ')}, which is not this server. Correct its DNS record before the first start.`;
    case 'nowhere':
      return `${domain} has no record in DNS yet. Create it before the first start${own.length > 0 ? `: ${own.map(recordOf).join(', ')}` : ''}.`;
    default:
      return undefined;
  }
}

/** Where the name leads, against what somebody has said; undefined where that says nothing of it. */
function givenLead(answer: DnsAnswer, given: readonly string[]): Lead | undefined {
  if (answer.outcome !== 'found' || !given.some(isAddress)) return undefined;
  if (answer.addresses.some((address) => given.includes(address))) return 'here';
  return answer.addresses.some(proxyOf) ? 'proxy' : 'elsewhere';
}

function recordOf(target: string): string {
  return isAddress(target) ? addressRecord(target) : `CNAME ${target}`;
}

/** Else it is the name of one. */
function isAddress(target: string): boolean {
  return isIPv6(target) || /^[\d.]+$/.test(target);
}
