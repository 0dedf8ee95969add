/** The longest host name that there is (RFC 1035, written with dots). */
const longest = 253;

/** The relay's name below the site's; where that would be too long, beside it. */
export function relayNameFor(domain: string): string {
  const below = `turn.${domain}`;
  if (below.length <= longest) return below;
  const parent = domain.slice(domain.indexOf('.') + 1);
  return domain.startsWith('turn.') ? `relay.${parent}` : `turn.${parent}`;
}
