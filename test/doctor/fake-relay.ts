import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createServer as createSecure } from 'node:tls';
import {
  type Attribute,
  decodeMessage,
  encode,
  type Message,
  messages,
  method,
  peerOf,
} from '../../src/doctor/stun.ts';
import type { Pair } from './authority.ts';
import { listen } from './site.ts';

/** What a relay of a test does; it is not one, it only answers like one. */
export interface RelayHabits {
  silent?: boolean;
  /** Takes no password. */
  locked?: boolean;
  /** The error of asking for a peer. */
  permission?: number;
  /** The one peer that is let through all the same. */
  allowed?: readonly string[];
  /** The address that it lends out. */
  relayed?: string;
  /** The address from which it says that we come. */
  mapped?: string;
}

export interface FakeRelay {
  readonly port: number;
  readonly tls: number;
  habits: RelayHabits;
  readonly close: () => void;
}

const number = { mapped: 0x0020, relayed: 0x0016, error: 0x0009, realm: 0x0014, nonce: 0x0015 };
const integrity = 0x0008;

/** A relay that answers over UDP, TCP and TLS as it is told; what real ones do, coTURN itself is asked elsewhere. */
export async function openRelay(pair: Pair): Promise<FakeRelay> {
  const relay = { habits: {} as RelayHabits };
  const answer = (packet: Buffer) => {
    const message = decodeMessage(packet);
    return message && !relay.habits.silent ? reply(message, relay.habits) : undefined;
  };
  const open = new Set<Socket>();
  const speak = (socket: Socket) => {
    open.add(socket.on('error', () => {}));
    const hear = messages((packet) => {
      const said = answer(packet);
      if (said) socket.write(said);
    });
    socket.on('data', hear);
  };
  const tcp = createServer(speak);
  const secure = createSecure(pair, speak);
  const [port, tls] = await Promise.all([listen(tcp), listen(secure)]);
  const udp = createSocket('udp4');
  udp.on('message', (packet, from) => {
    const said = answer(packet);
    if (said) udp.send(said, from.port, from.address);
  });
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');
  const close = () => {
    for (const socket of open) socket.destroy();
    udp.close();
    tcp.close();
    secure.close();
  };
  return Object.assign(relay, { port, tls, close });
}

function reply(
  message: Message,
  { locked, permission = 0, allowed, relayed, mapped }: RelayHabits,
): Buffer {
  const signed = message.attributes.has(integrity);
  const address = (type: number, text: string): Attribute => [
    type,
    peerOf(text, 1234, message.id)[1],
  ];
  switch (message.type) {
    case method.binding:
      return success(message, [address(number.mapped, mapped ?? '192.0.2.44')]);
    case method.allocate:
      if (!signed || locked) return refusal(message, 401);
      return success(message, [address(number.relayed, relayed ?? '127.0.0.1')]);
    case method.permission:
      return permission === 0 || allowed?.some((peer) => isFor(message, peer))
        ? success(message, [])
        : refusal(message, permission);
    default:
      return success(message, []);
  }
}

/** Whether a message asks for this peer. */
function isFor(message: Message, peer: string): boolean {
  const [type, value] = peerOf(peer, 0, message.id);
  return message.attributes.get(type)?.equals(value) === true;
}

function success(message: Message, attributes: readonly Attribute[]): Buffer {
  return numbered(encode(message.type | 0x0100, attributes).packet, message);
}

function refusal(message: Message, error: number): Buffer {
  const code = Buffer.from([0, 0, Math.floor(error / 100), error % 100]);
  const attributes: Attribute[] = [
    [number.error, code],
    [number.realm, Buffer.from('turn.example.org')],
    [number.nonce, Buffer.from('nonce')],
  ];
  return numbered(encode(message.type | 0x0110, attributes).packet, message);
}

/** An answer has the number of its question. */
function numbered(packet: Buffer, { id }: Message): Buffer {
  id.copy(packet, 8);
  return packet;
}
