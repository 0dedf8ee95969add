import { createHash, createHmac, randomBytes } from 'node:crypto';
import ipaddr from 'ipaddr.js';

/** The little of STUN (RFC 8489) and TURN (RFC 8656) that asking a relay needs. */
export const method = {
  binding: 0x001,
  allocate: 0x003,
  refresh: 0x004,
  permission: 0x008,
} as const;

const attribute = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  lifetime: 0x000d,
  peer: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
  relayed: 0x0016,
  family: 0x0017,
  transport: 0x0019,
  mapped: 0x0020,
} as const;
const cookie = 0x2112a442;
/** Bytes of a realm or nonce (RFC 8489, sections 14.9 and 14.10). */
const longest = 763;

export interface Message {
  /** Method and class in the bits of RFC 8489, section 5. */
  readonly type: number;
  readonly id: Buffer;
  readonly attributes: ReadonlyMap<number, Buffer>;
}

/** A long-term credential, with what the server asked for it with. */
export interface Login {
  readonly username: string;
  readonly password: string;
  readonly realm: string;
  readonly nonce: Buffer;
}

export type Attribute = readonly [type: number, value: Buffer];

export const transportUdp: Attribute = [attribute.transport, Buffer.from([17, 0, 0, 0])];
export const familySix: Attribute = [attribute.family, Buffer.from([2, 0, 0, 0])];
/** Ends an allocation. */
export const noLifetime: Attribute = [attribute.lifetime, Buffer.alloc(4)];

/** A request, or an indication when it needs no answer; with a login it is signed. Some attributes depend on its number. */
export function encode(
  name: number,
  given: readonly Attribute[] | ((id: Buffer) => readonly Attribute[]) = [],
  { login, indication = false }: { login?: Login; indication?: boolean } = {},
): { packet: Buffer; id: Buffer } {
  const id = randomBytes(12);
  const attributes = typeof given === 'function' ? given(id) : given;
  const all = login
    ? [
        ...attributes,
        [attribute.username, Buffer.from(login.username)] as const,
        [attribute.realm, Buffer.from(login.realm)] as const,
        [attribute.nonce, login.nonce] as const,
      ]
    : attributes;
  const body = Buffer.concat(all.map(encodeAttribute));
  const head = header(name | (indication ? 0x0010 : 0), body.length, id);
  if (!login) return { packet: Buffer.concat([head, body]), id };
  // The length that is signed counts the signature itself.
  const signed = Buffer.concat([header(name, body.length + 24, id), body]);
  const key = createHash('md5')
    .update(`${login.username}:${login.realm}:${login.password}`)
    .digest();
  const signature = createHmac('sha1', key).update(signed).digest();
  const packet = Buffer.concat([signed, encodeAttribute([attribute.integrity, signature])]);
  return { packet, id };
}

/** Whom the relay is asked for. */
export function peerOf(address: string, port: number, id: Buffer): Attribute {
  const bytes = Buffer.from(ipaddr.parse(address).toByteArray());
  const value = Buffer.alloc(4 + bytes.length);
  value[1] = bytes.length === 4 ? 1 : 2;
  value.writeUInt16BE(port ^ (cookie >>> 16), 2);
  hidden(bytes, id).copy(value, 4);
  return [attribute.peer, value];
}

/** Reads a message; undefined for anything else. */
export function decodeMessage(packet: Buffer): Message | undefined {
  if (packet.length < 20 || packet.readUInt32BE(4) !== cookie) return undefined;
  const attributes = new Map<number, Buffer>();
  const end = Math.min(packet.length, 20 + packet.readUInt16BE(2));
  for (let at = 20; at + 4 <= end; ) {
    const length = packet.readUInt16BE(at + 2);
    attributes.set(packet.readUInt16BE(at), packet.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return { type: packet.readUInt16BE(0), id: packet.subarray(8, 20), attributes };
}

/** The number of the error (401, 403), 0 for success, -1 for an error without a number. */
export function errorOf({ type, attributes }: Message): number {
  if ((type & 0x0110) === 0x0100) return 0;
  const value = attributes.get(attribute.error);
  return value ? (value[2] ?? 0) * 100 + (value[3] ?? 0) : -1;
}

export function challengeOf({ attributes }: Message): { realm: string; nonce: Buffer } {
  const nonce = Buffer.from(attributes.get(attribute.nonce) ?? Buffer.alloc(0));
  return { realm: String(attributes.get(attribute.realm) ?? ''), nonce };
}

/** Whether it could be sent back: RFC 8489 says how long a realm and a nonce may be. */
export function isSendable({ realm, nonce }: Pick<Login, 'realm' | 'nonce'>): boolean {
  return Buffer.byteLength(realm) <= longest && nonce.length <= longest;
}

/** The address from which the server sees us come (`mapped`), or that it lends us (`relayed`). */
export function addressIn(message: Message, which: 'mapped' | 'relayed'): string | undefined {
  const value = message.attributes.get(attribute[which]);
  if (value === undefined || (value.length !== 8 && value.length !== 20)) return undefined;
  const shown = ipaddr.fromByteArray([...hidden(value.subarray(4), message.id)]);
  return shown.kind() === 'ipv6' ? (shown as ipaddr.IPv6).toRFC5952String() : shown.toString();
}

/** Addresses are mixed with the cookie and the number, so that no helpful router rewrites them; twice is the original. */
function hidden(address: Buffer, id: Buffer): Buffer {
  const mask = Buffer.concat([uint32(cookie), id]);
  return Buffer.from(address.map((byte, index) => byte ^ (mask[index] ?? 0)));
}

function encodeAttribute([type, value]: Attribute): Buffer {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  padded.writeUInt16BE(type, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}

function header(type: number, length: number, id: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(length, 2);
  head.writeUInt32BE(cookie, 4);
  return Buffer.concat([head, id]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Cuts a stream into messages (RFC 8489, section 6.2.2); what it returns listens to the stream's data. */
export function messages(arrive: (message: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 20 && rest.length >= 20 + rest.readUInt16BE(2)) {
      const end = 20 + rest.readUInt16BE(2);
      arrive(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
  };
}
