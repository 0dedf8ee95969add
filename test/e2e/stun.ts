import type { Attribute, Message } from '../../src/doctor/stun.ts';

/** Carrying media through a relay (RFC 8656); asking for one is the doctor's business too. */
export const indication = { send: 0x016, data: 0x017 } as const;
const data = 0x0013;

export const dataOf = (value: Buffer): Attribute => [data, value];

export function payloadOf({ attributes }: Message): Buffer {
  return attributes.get(data) ?? Buffer.alloc(0);
}
