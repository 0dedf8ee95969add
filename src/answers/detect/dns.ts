import type { Sources } from './sources.ts';

/** What DNS says about a name. `unknown`: nobody answered in time, so nothing follows from it. */
export type DnsAnswer =
  | { readonly outcome: 'found'; readonly addresses: readonly string[] }
  | { readonly outcome: 'none' | 'unknown' };

const noSuchName = new Set(['ENOTFOUND', 'ENODATA']);

/** Asks DNS (not the hosts file) for a name's IPv4 and IPv6 addresses. Never fails. */
export async function lookUp(
  name: string,
  { resolve }: Pick<Sources, 'resolve'>,
): Promise<DnsAnswer> {
  const [four, six] = await Promise.allSettled([resolve(name, 'A'), resolve(name, 'AAAA')]);
  const addresses = [four, six].flatMap((result) =>
    result.status === 'fulfilled' ? result.value : [],
  );
  if (addresses.length > 0) return { outcome: 'found', addresses };
  const certain = [four, six].every(
    (result) => result.status === 'fulfilled' || noSuchName.has(result.reason?.code),
  );
  return { outcome: certain ? 'none' : 'unknown' };
}
