import type { Problem } from '../errors.ts';

/** Names in prosody that stand for different people and things; defaults of all known releases. */
const usualDomains = {
  XMPP_DOMAIN: 'meet.jitsi',
  XMPP_GUEST_DOMAIN: 'guest.meet.jitsi',
  XMPP_AUTH_DOMAIN: 'auth.meet.jitsi',
  XMPP_MUC_DOMAIN: 'muc.meet.jitsi',
  XMPP_INTERNAL_MUC_DOMAIN: 'internal-muc.meet.jitsi',
  XMPP_HIDDEN_DOMAIN: 'hidden.meet.jitsi',
} as const;

/**
 * A domain of prosody: what its variable says, or what Jitsi’s images take for granted.
 *
 * @param values the owner’s settings, or the environment of prosody
 */
export function domainIn(
  values: Readonly<Record<string, unknown>> | undefined,
  variable: keyof typeof usualDomains,
): string {
  const value = values?.[variable];
  return value === undefined || typeof value === 'object' ? usualDomains[variable] : String(value);
}

/**
 * Domains of prosody that are the same or cannot be names. Jicofo tells who is signed in by the domain alone: guests in the
 * domain of the accounts would open every room.
 */
export function checkDomains(settings: Readonly<Record<string, unknown>>): Problem[] {
  const taken = new Map<string, string>();
  return Object.entries(usualDomains).flatMap(([name, usual]): Problem[] => {
    const value = String(settings[name] ?? usual).toLowerCase();
    const answer = `settings.${name}`;
    if (!/^[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*$/.test(value))
      return [
        {
          answer,
          what: `${name} has to be a name such as ${usual}.`,
          fix: 'Correct it, or remove it.',
        },
      ];
    const other = taken.get(value);
    taken.set(value, name);
    if (other === undefined) return [];
    return [
      {
        answer: settings[name] === undefined ? `settings.${other}` : answer,
        what: `${other} and ${name} are both ${value}.`,
        why: 'Jitsi tells by the domain alone who is signed in, who is a guest and what is a room.',
        fix: 'Give each a name of its own, or remove both.',
      },
    ];
  });
}
