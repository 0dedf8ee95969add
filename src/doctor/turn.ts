import { createHmac } from 'node:crypto';
import {
  addressIn,
  challengeOf,
  encode,
  errorOf,
  familySix,
  isSendable,
  type Login,
  method,
  noLifetime,
  peerOf,
  transportUdp,
} from './stun.ts';
import type { Wire } from './wire.ts';

/** The number that stands for no answer at all. */
export const silent = -2;
/** The number of an answer that is no sensible one. */
const unnumbered = -1;

/** A name and password as prosody makes them for every participant: valid for a while, for whoever shares the secret. */
export function credentialFor(secret: string, seconds = 300): Pick<Login, 'username' | 'password'> {
  const username = `${Math.floor(Date.now() / 1000) + seconds}:doctor`;
  return { username, password: createHmac('sha1', secret).update(username).digest('base64') };
}

/** The address from which the relay sees us come; undefined when it says nothing. */
export async function mappedAddress(wire: Wire): Promise<string | undefined> {
  const answer = await wire.ask(encode(method.binding));
  return answer && addressIn(answer, 'mapped');
}

export interface Allocation {
  /** The address that the relay lends us. */
  readonly relayed: string | undefined;
  /** The number of the error of asking for this peer: 0 when it is allowed, 403 when it is not. */
  readonly permit: (peer: string) => Promise<number>;
  readonly end: () => Promise<void>;
}

/** Asks for a relay; the number of the error when there is none: 401 for a wrong password. */
export async function allocate(
  wire: Wire,
  credential: Pick<Login, 'username' | 'password'>,
  six: boolean,
): Promise<Allocation | number> {
  const wanted = [transportUdp, ...(six ? [familySix] : [])];
  const first = await wire.ask(encode(method.allocate, wanted));
  if (!first) return silent;
  // Whoever relays for anybody asks for no password.
  if (errorOf(first) !== 401) return errorOf(first);
  const challenge = challengeOf(first);
  if (!isSendable(challenge)) return unnumbered;
  const login = { ...credential, ...challenge };
  const second = await wire.ask(encode(method.allocate, wanted, { login }));
  if (!second) return silent;
  if (errorOf(second) !== 0) return errorOf(second);
  return {
    relayed: addressIn(second, 'relayed'),
    async permit(peer) {
      const answer = await wire.ask(
        encode(method.permission, (id) => [peerOf(peer, 0, id)], { login }),
      );
      return answer ? errorOf(answer) : silent;
    },
    async end() {
      await wire.ask(encode(method.refresh, [noLifetime], { login }));
    },
  };
}
