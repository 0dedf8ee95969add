import type { Attribute, Message } from '../../src/doctor/stun.ts';

/** Carrying media through a relay (RFC 8656); asking for one is the doctor's business too. */
export const indication = { send: 0x016, data: 0x017 } as const;
export const channelBind = 0x009;
const channelNumber = 0x000c;
const data = 0x0013;

/** The first number that a channel may have. */
export const firstChannel: Attribute = [channelNumber, Buffer.from([0x40, 0, 0, 0])];

export const dataOf = (value: Buffer): Attribute => [data, value];

export function payloadOf({ attributes }: Pick<Message, 'attributes'>): Buffer {
  return attributes.get(data) ?? Buffer.alloc(0);
}
