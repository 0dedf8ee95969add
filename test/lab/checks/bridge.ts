import { createHmac, randomBytes } from 'node:crypto';
import { encode, method } from '../../../src/doctor/stun.ts';
import { ensure } from '../check.ts';
import type { Lab } from '../session.ts';

/** What the bridge offers to one browser. */
export interface Offer {
  readonly sdp: string;
  /** A new ICE check as that browser would send it, in hexadecimal: the bridge answers no other datagram. */
  readonly check: () => string;
  /** Hands in the browser's answer. */
  readonly accept: (sdp: string) => Promise<void>;
}

/** The bridge's own addresses. */
export function bridge({ stack }: Lab): { readonly ipv4: string; readonly ipv6?: string } {
  const found = stack.plan().network.addresses.jvb;
  ensure(found, 'the bridge has no fixed address');
  return found;
}

/**
 * Asks the bridge for an offer. The question comes from the server itself and goes past prosody and jicofo, whose part
 * in it the stand-ins do not have.
 */
export async function offerOf(lab: Lab, address = bridge(lab).ipv4): Promise<Offer> {
  const http = lab.server.does('http');
  const at = `http://${address}:8080`;
  const { status, body: sdp } = await http.get(`${at}/offer`, { method: 'POST' });
  ensure(status === 200, `the bridge offers nothing: ${status}`);
  return {
    sdp,
    check: () => iceCheckFor(sdp),
    accept: async (body) => {
      const taken = await http.get(`${at}/answer?${inSdp(sdp, 'ice-ufrag')}`, {
        method: 'POST',
        body,
      });
      ensure(taken.status === 200, `the bridge does not take the answer: ${taken.status}`);
    },
  };
}

/** A new ICE check for whoever offers this, in hexadecimal. */
export function iceCheckFor(sdp: string): string {
  return iceCheck(inSdp(sdp, 'ice-ufrag'), inSdp(sdp, 'ice-pwd')).toString('hex');
}

function inSdp(sdp: string, attribute: string): string {
  return new RegExp(`^a=${attribute}:(.*?)\r?$`, 'm').exec(sdp)?.[1] ?? '';
}

const attribute = { username: 0x0006, priority: 0x0024, controlled: 0x8029 } as const;

/** A binding request signed with the offer's password (RFC 8445, section 7.2). */
function iceCheck(ufrag: string, password: string): Buffer {
  const { packet } = encode(method.binding, [
    [attribute.username, Buffer.from(`${ufrag}:lab`)],
    [attribute.priority, Buffer.from([0x6e, 0, 1, 0xff])],
    [attribute.controlled, randomBytes(8)],
  ]);
  // The length that is signed counts the signature itself.
  packet.writeUInt16BE(packet.length + 4, 2);
  const signature = createHmac('sha1', password).update(packet).digest();
  return Buffer.concat([packet, Buffer.from([0x00, 0x08, 0x00, 0x14]), signature]);
}
