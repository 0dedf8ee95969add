import { domainIn } from '../access/domains.ts';
import type { Plan } from '../plan/plan.ts';

/** The names in prosody that somebody who comes from outside has to know. */
export interface Domains {
  readonly members: string;
  readonly guests: string;
  readonly rooms: string;
  /** Where Jitsi’s own services sign in. */
  readonly services: string;
}

export function domainsOf({ services }: Pick<Plan, 'services'>): Domains {
  const own = services.find(({ name }) => name === 'prosody')?.environment;
  return {
    members: domainIn(own, 'XMPP_DOMAIN'),
    guests: domainIn(own, 'XMPP_GUEST_DOMAIN'),
    rooms: domainIn(own, 'XMPP_MUC_DOMAIN'),
    services: domainIn(own, 'XMPP_AUTH_DOMAIN'),
  };
}
