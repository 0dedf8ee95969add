import { createSocket } from 'node:dgram';
import { connect as tcp } from 'node:net';
import { connect as tls } from 'node:tls';
import { isIPv6 } from '../addresses.ts';
import type { RelayWay } from './relay-address.ts';
import { decodeMessage, type Message, messages } from './stun.ts';

/** Milliseconds that a relay has for an answer. */
export const patience = 3000;

/** A way to a relay, on which requests are sent and answered. */
export interface Wire {
  /** The answer to a request; undefined when none came. */
  readonly ask: (request: { packet: Buffer; id: Buffer }) => Promise<Message | undefined>;
  readonly close: () => void;
}

/** Opens a way to a relay; rejects where no connection is made. */
export async function openWire(
  { transport, port }: RelayWay,
  address: string,
  name: string,
): Promise<Wire> {
  const waiting = new Map<string, (message: Message | undefined) => void>();
  const arrive = (packet: Buffer) => {
    const message = decodeMessage(packet);
    if (message) waiting.get(message.id.toString('hex'))?.(message);
  };
  const { send, close } =
    transport === 'udp'
      ? await datagrams(address, port, arrive)
      : await stream(transport, address, port, name, arrive);
  return {
    close,
    ask: ({ packet, id }) =>
      new Promise((resolve) => {
        // Datagrams get lost; RFC 8489 sends again after half a second, then after twice as long.
        const again = transport === 'udp' ? [500, 1500] : [];
        const timers = again.map((wait) => setTimeout(() => send(packet), wait));
        timers.push(setTimeout(() => done(undefined), patience));
        const key = id.toString('hex');
        const done = (message: Message | undefined) => {
          for (const timer of timers) clearTimeout(timer);
          waiting.delete(key);
          resolve(message);
        };
        waiting.set(key, done);
        send(packet);
      }),
  };
}

type Ends = { readonly send: (packet: Buffer) => void; readonly close: () => void };

async function datagrams(
  address: string,
  port: number,
  arrive: (packet: Buffer) => void,
): Promise<Ends> {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  // A refusal by ICMP is silence like any other.
  socket.on('message', arrive).on('error', () => {});
  return { send: (packet) => socket.send(packet, port, address), close: () => socket.close() };
}

function stream(
  transport: 'tcp' | 'tls',
  address: string,
  port: number,
  servername: string,
  arrive: (packet: Buffer) => void,
): Promise<Ends> {
  return new Promise((resolve, reject) => {
    const options = { host: address, port };
    // Whether the certificate is good is another check's question.
    const socket =
      transport === 'tcp'
        ? tcp(options)
        : tls({ ...options, servername, rejectUnauthorized: false });
    const late = setTimeout(() => {
      socket.destroy();
      reject(new Error('no connection in time'));
    }, patience);
    socket.once('error', (error) => {
      clearTimeout(late);
      reject(error);
    });
    socket.once(transport === 'tcp' ? 'connect' : 'secureConnect', () => {
      clearTimeout(late);
      socket.on('error', () => {});
      resolve({ send: (packet) => socket.write(packet), close: () => socket.destroy() });
    });
    socket.on('data', messages(arrive));
  });
}
