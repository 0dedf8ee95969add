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
  peerOf,
  transportUdp,
} from '../../src/doctor/stun.ts';
import { server } from './network.ts';
import { relay } from './server.ts';
import { dataOf, indication, payloadOf } from './stun.ts';

export type Transport = 'udp' | 'tcp' | 'tls';
export type Credential = Pick<Login, 'username' | 'password'>;

/** A password as prosody makes it: valid until a time, for whoever shares the secret. */
export function credentialFor(secret: string, seconds = 600): Credential {
  const username = `${Math.floor(Date.now() / 1000) + seconds}`;
  return { username, password: createHmac('sha1', secret).update(username).digest('base64') };
}

interface Wire {
  send(packet: Buffer): void;
  receive(wanted: (message: Message) => boolean): Promise<Message>;
  close(): void;
}

export interface Relay {
  /** The error number of asking for this peer; 0 when it is allowed. */
  permit(peer: string): Promise<number>;
  /** What comes back from a peer. */
  echo(peer: string, port: number, text: string): Promise<string>;
  close(): void;
}

/** Asks for a relay; the number of the error when there is none. */
export async function allocate(
  transport: Transport,
  credential: Credential,
  options: { six?: boolean } = {},
): Promise<Relay | number> {
  const wire = await open(transport);
  const ask = async (name: 'allocate' | 'permission', login?: Login, peer?: string) => {
    const { packet, id } = encode(
      method[name],
      (number) =>
        peer ? [peerOf(peer, 0, number)] : [transportUdp, ...(options.six ? [familySix] : [])],
      login ? { login } : {},
    );
    wire.send(packet);
    return wire.receive((message) => message.id.equals(id));
  };
  const first = await ask('allocate');
  if (errorOf(first) !== 401) throw new Error(`asked without a login: ${errorOf(first)}`);
  const login = { ...credential, ...challengeOf(first) };
  const second = await ask('allocate', login);
  if (errorOf(second) !== 0) {
    wire.close();
    return errorOf(second);
  }
  return {
    permit: async (peer) => errorOf(await ask('permission', login, peer)),
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
    close: wire.close,
  };
}

async function open(transport: Transport): Promise<Wire> {
  const waiting: { wanted: (m: Message) => boolean; resolve: (m: Message) => void }[] = [];
  const arrive = (packet: Buffer) => {
    const message = decodeMessage(packet);
    if (!message) return;
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
    return { send, receive, close: () => socket.close() };
  }
  const socket = await connected(transport);
  socket.on('data', messages(arrive));
  return { send: (packet) => socket.write(packet), receive, close: () => socket.destroy() };
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
