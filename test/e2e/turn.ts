import { createHmac } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { type Socket, connect as tcp } from 'node:net';
import { connect as tls } from 'node:tls';
import {
  challengeOf,
  decodeMessage,
  encode,
  errorOf,
  familySix,
  type Login,
  type Message,
  messages,
  method,
  noLifetime,
  peerOf,
  transportUdp,
} from '../../src/doctor/stun.ts';
import { server } from './network.ts';
import { relay } from './server.ts';
import { channelBind, dataOf, firstChannel, indication, payloadOf } from './stun.ts';

export type Transport = 'udp' | 'tcp' | 'tls';
export type Credential = Pick<Login, 'username' | 'password'>;

/** A password as prosody makes it: valid until a time, for whoever shares the secret. Prosody adds no name to the time. */
export function credentialFor(secret: string, seconds = 600, name = ''): Credential {
  const until = `${Math.floor(Date.now() / 1000) + seconds}`;
  const username = name === '' ? until : `${until}:${name}`;
  return { username, password: createHmac('sha1', secret).update(username).digest('base64') };
}

interface Wire {
  send(packet: Buffer): void;
  receive(wanted: (message: Message) => boolean): Promise<Message>;
  /** Hears all that arrives. */
  listen(heard: (message: Message) => void): void;
  close(): void;
}

export interface Relay {
  /** The error number of asking for this peer; 0 when it is allowed. */
  permit(peer: string): Promise<number>;
  /** The same for a channel. */
  bind(peer: string): Promise<number>;
  /** How many of these bytes come back from a peer, sent as fast as it goes. */
  flood(peer: string, port: number, bytes: number): Promise<number>;
  /** What comes back from a peer. */
  echo(peer: string, port: number, text: string): Promise<string>;
  /** Gives it back. */
  end(): Promise<void>;
  close(): void;
}

/** Asks for a relay; the number of the error when there is none. */
export async function allocate(
  transport: Transport,
  credential: Credential,
  options: { six?: boolean } = {},
): Promise<Relay | number> {
  const wire = await open(transport);
  const request = async (name: number, given: Parameters<typeof encode>[1], login?: Login) => {
    const { packet, id } = encode(name, given, login ? { login } : {});
    wire.send(packet);
    // Datagrams get lost, and the first may come before the relay is there.
    const again = transport === 'udp' ? setInterval(() => wire.send(packet), 700) : undefined;
    return wire.receive((message) => message.id.equals(id)).finally(() => clearInterval(again));
  };
  const wanted = [transportUdp, ...(options.six ? [familySix] : [])];
  const first = await request(method.allocate, wanted);
  // Whoever relays without asking for a password would not be this one.
  if (errorOf(first) === 0) throw new Error('relays for anybody');
  if (errorOf(first) !== 401) {
    wire.close();
    return errorOf(first);
  }
  const login = { ...credential, ...challengeOf(first) };
  const second = await request(method.allocate, wanted, login);
  if (errorOf(second) !== 0) {
    wire.close();
    return errorOf(second);
  }
  return {
    permit: async (peer) =>
      errorOf(await request(method.permission, (id) => [peerOf(peer, 0, id)], login)),
    bind: async (peer) =>
      errorOf(await request(channelBind, (id) => [firstChannel, peerOf(peer, 10000, id)], login)),
    async flood(peer, port, bytes) {
      let back = 0;
      wire.listen(({ type, attributes }) => {
        if (type === (indication.data | 0x0010)) back += payloadOf({ attributes }).length;
      });
      const chunk = Buffer.alloc(1000);
      for (let sent = 0; sent < bytes; sent += chunk.length) {
        const { packet } = encode(
          indication.send,
          (id) => [peerOf(peer, port, id), dataOf(chunk)],
          { indication: true },
        );
        wire.send(packet);
        // What is sent in one go would be lost on the way already.
        if (sent % 50_000 === 0) await new Promise((wake) => setTimeout(wake, 2));
      }
      await new Promise((wake) => setTimeout(wake, 300));
      return back;
    },
    async echo(peer, port, text) {
      const { packet } = encode(
        indication.send,
        (number) => [peerOf(peer, port, number), dataOf(Buffer.from(text))],
        { indication: true },
      );
      wire.send(packet);
      return String(
        payloadOf(await wire.receive(({ type }) => type === (indication.data | 0x0010))),
      );
    },
    async end() {
      await request(method.refresh, [noLifetime], login);
      wire.close();
    },
    close: wire.close,
  };
}

async function open(transport: Transport): Promise<Wire> {
  const waiting: { wanted: (m: Message) => boolean; resolve: (m: Message) => void }[] = [];
  const listeners: ((message: Message) => void)[] = [];
  const listen: Wire['listen'] = (heard) => void listeners.push(heard);
  const arrive = (packet: Buffer) => {
    const message = decodeMessage(packet);
    if (!message) return;
    for (const heard of listeners) heard(message);
    const index = waiting.findIndex(({ wanted }) => wanted(message));
    if (index >= 0) waiting.splice(index, 1)[0]?.resolve(message);
  };
  const receive: Wire['receive'] = (wanted) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer over ${transport}`)), 3000);
      waiting.push({
        wanted,
        resolve: (message) => {
          clearTimeout(timer);
          resolve(message);
        },
      });
    });
  if (transport === 'udp') {
    const socket = createSocket('udp4').on('message', arrive);
    const send = (packet: Buffer) => socket.send(packet, 3478, server.ipv4);
    return { send, receive, listen, close: () => socket.close() };
  }
  const socket = await connected(transport);
  socket.on('data', messages(arrive));
  return { send: (packet) => socket.write(packet), receive, listen, close: () => socket.destroy() };
}

function connected(transport: 'tcp' | 'tls'): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket: Socket =
      transport === 'tcp'
        ? tcp(3478, server.ipv4, () => resolve(socket))
        : tls(
            {
              host: server.ipv4,
              port: 5349,
              servername: relay,
              rejectUnauthorized: false,
              // Some builds of coturn fail at 1.3.
              maxVersion: 'TLSv1.2',
            },
            () => resolve(socket),
          );
    socket.on('error', reject);
  });
}
