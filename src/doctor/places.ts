import { createSocket } from 'node:dgram';
import { isIPv6 } from '../addresses.ts';
import type { Plan } from '../plan/plan.ts';
import { isChanging, type NameLookup, ownNames, reached } from './examination.ts';
import { relayOf } from './relay-address.ts';
import { isSame, type Vantage } from './vantage.ts';

/** Addresses of one name that are looked at; a name server may send thousands. */
const most = 8;

/** Every name that people's browsers look up for this stack. */
export function namesOf(plan: Plan): readonly string[] {
  const relay = relayOf(plan);
  return [
    ...new Set([plan.answers.domain, ...plan.certificate.names, ...(relay ? [relay.host] : [])]),
  ];
}

/**
 * The addresses at which to look for a name. They are the stack's own, in the order of DNS where DNS has them: a record
 * that leads elsewhere is a finding of its own, and what stands there is somebody else's.
 */
export function placesOf(
  name: string,
  plan: Plan,
  lookup: NameLookup | undefined,
  vantage: Vantage,
): readonly string[] {
  const found = lookup?.outcome === 'found' ? lookup.addresses.slice(0, most) : [];
  if (!ownNames(plan).includes(name)) return found;
  const { exposure, publicAddresses, lanAddresses } = plan.answers.network;
  // A router need not lead the server back to itself.
  if (vantage === 'server' && exposure === 'nat') return lanAddresses;
  const own = [...publicAddresses, ...lanAddresses];
  const both = found.filter((address) => own.some((one) => isSame(one, address)));
  if (both.length > 0) return both;
  if (vantage === 'lan') return lanAddresses;
  // An address that changes is where its name leads.
  return isChanging(plan) ? found : reached(plan);
}

/** Whether this machine knows a way to an address; nothing is sent. */
export function hasWayTo(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    const answer = (value: boolean) => {
      socket.close();
      resolve(value);
    };
    socket.once('error', () => answer(false));
    // Without a callback, a refusal is an event.
    socket.once('connect', () => answer(true));
    socket.connect(9, address);
  });
}
