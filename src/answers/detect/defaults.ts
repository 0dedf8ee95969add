import { isIPv6 } from '../../addresses.ts';
import type { Exposure } from '../answers.ts';
import { isDynamicName } from '../dyn-dns.ts';
import { reach } from './addresses.ts';
import { likelyExposure, namedExposure } from './exposure.ts';
import type { Host } from './host.ts';
import { freeSubnet } from './networks.ts';
import { proxyOf } from './proxies.ts';

/** Answers that a host suggests; what is not known of it is left out. */
export interface DetectedAnswers {
  readonly network: {
    readonly exposure: Exposure;
    readonly publicAddresses?: readonly string[];
    readonly lanAddresses?: readonly string[];
    readonly ipv6: boolean;
    readonly subnet?: string;
    readonly sshPort?: number;
  };
  readonly host: { readonly memory?: number; readonly timezone?: string };
  readonly firewall: readonly string[];
}

/** Turns facts into defaults, for a domain and - where it is settled already - the way in which the server is reached. */
export async function detectedAnswers(
  host: Host,
  domain: string,
  settled?: Exposure,
  fixed = !isDynamicName(domain),
): Promise<DetectedAnswers> {
  const [local, answer, networks, firewall, sshPort] = await Promise.all([
    host.addresses(),
    host.lookUp(domain),
    host.networks(),
    host.firewalls(),
    host.sshPort(),
  ]);
  const exposure =
    settled ??
    (host.isKnown ? likelyExposure(domain, answer, local) : namedExposure(domain, answer));
  const named = answer.outcome === 'found' ? answer.addresses : [];
  // What is known of another computer is what its name says.
  const own = host.isKnown ? [...local.public, ...local.private] : named;
  const ipv6Here = (host.isKnown ? local.public : named).some(
    (address) => isIPv6(address) && reach(address) === 'public',
  );
  const ipv6 =
    exposure === 'public'
      ? ipv6Here
      : exposure === 'nat' && named.some((a) => isIPv6(a) && own.includes(a));

  const outside =
    exposure === 'public' && host.isKnown
      ? preferred(local.public, named)
      : named.filter(
          (address) =>
            reach(address) === 'public' &&
            !proxyOf(address) &&
            (!isIPv6(address) || own.includes(address)),
        );
  const publicAddresses =
    exposure === 'lan' ? [] : outside.filter((address) => ipv6 || !isIPv6(address));
  const inside = (host.isKnown ? local.private : named.filter(isPrivate)).filter(
    (address) => !isIPv6(address),
  );
  const lanAddresses =
    exposure === 'public'
      ? []
      : exposure === 'lan' && inside.length === 0
        ? local.public.filter((address) => !isIPv6(address))
        : inside;
  const subnet = freeSubnet(networks);
  const [memory, timezone] = [host.memory(), host.timezone()];
  return {
    network: {
      exposure,
      // One that changes is followed by its name.
      ...(publicAddresses.length > 0 && (fixed || exposure !== 'nat') && { publicAddresses }),
      ...(lanAddresses.length > 0 && { lanAddresses }),
      ipv6,
      ...(subnet && { subnet }),
      ...(sshPort !== undefined && { sshPort }),
    },
    host: { ...(memory !== undefined && { memory }), ...(timezone !== undefined && { timezone }) },
    firewall,
  };
}

function isPrivate(address: string): boolean {
  return reach(address) === 'private';
}

/** The host's addresses, of each family those that the name leads to where it leads to any. */
function preferred(own: readonly string[], named: readonly string[]): readonly string[] {
  return own.filter((address) => {
    const family = own.filter((other) => isIPv6(other) === isIPv6(address));
    const hit = family.filter((other) => named.includes(other));
    return hit.length === 0 || hit.includes(address);
  });
}
