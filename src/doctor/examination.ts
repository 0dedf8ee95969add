import type { AccessAudit } from '../audit/undone.ts';
import type { Problem } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import type { Vantage } from './vantage.ts';

/** What DNS says about a name. `unknown`: nobody answered in time. */
export type NameLookup =
  | { readonly outcome: 'found'; readonly addresses: readonly string[] }
  | { readonly outcome: 'none' }
  | { readonly outcome: 'unknown' };

/** Everything that the checks know before they ask anybody. */
export interface Examination {
  readonly plan: Plan;
  readonly vantage: Vantage;
  /** What DNS says about every name of the stack. */
  readonly names: ReadonlyMap<string, NameLookup>;
  /** The addresses at which to look for a name: those of this stack, as far as this machine has a way to them. */
  readonly at: (name: string) => readonly string[];
  /** The HTTP proxy service that an address belongs to. */
  readonly proxyOf: (address: string) => string | undefined;
  /** Authorities that issue certificates, in PEM. */
  readonly authorities: readonly string[];
  /** What TURN passwords are made from; known where the stack's `.env` is. Never shown. */
  readonly turnSecret?: string;
  /** What in the owner's own files decides about access, past the answers; where they are at hand. */
  readonly access?: AccessAudit;
  /** What in the owner's own files keeps people with IPv6 from the bridge; where they are at hand. */
  readonly bridge?: readonly Problem[];
  /** Images in the stack's compose files that are of before a known fix; where the files are at hand. */
  readonly pins?: readonly Problem[];
  /** What of the firewalls that the answers choose is not in force on this machine. */
  readonly firewall?: readonly Problem[];
  /** The text of `certs/fullchain.pem`, where it is. */
  readonly certificate?: string;
  /** What Docker of this machine is told not to do. */
  readonly daemon?: { readonly withoutRules: boolean };
}

/** The addresses under which people reach this stack, in the words of its answers. */
export function reached({ answers: { network } }: Plan): readonly string[] {
  return network.exposure === 'lan' ? network.lanAddresses : network.publicAddresses;
}

/** Whether the public address changes, so that no answer holds it. */
export function isChanging({ answers: { network } }: Plan): boolean {
  return network.exposure === 'nat' && !network.fixed;
}

/** Every name that has to lead to this server: behind a tunnel the site’s does not. */
export function ownNames({
  answers: { domain },
  trustedProxy,
  certificate,
}: Plan): readonly string[] {
  return [...new Set([domain, ...certificate.names])].filter(
    (name) => name !== domain || !trustedProxy.tunnel,
  );
}
