import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createServer as createSecure } from 'node:tls';
import type { Pair } from './authority.ts';
import { listen } from './site.ts';

/** What is done to one connection, once something has been asked on it. */
export type Habit = (socket: Socket) => void;

const open = 'HTTP/1.1 200 OK\r\n';

/** Sends the same again and again until the other end has enough. */
function again(socket: Socket, text: string | Buffer, every: number): void {
  const timer = setInterval(() => socket.write(text), every);
  socket.once('close', () => clearInterval(timer));
}

/** Everything that a server has been seen to do to those who look at it. */
export const habits: Readonly<Record<string, Habit>> = {
  'cut off': (socket) => socket.end(`${open}Content-Length: 1000\r\n\r\nshort`),
  reset: (socket) => {
    socket.write(`${open}Content-Length: 1000\r\n\r\nshort`);
    setTimeout(() => socket.destroy(), 50);
  },
  'cut off in the headers': (socket) => socket.end(`${open}Content-Le`),
  'interim answers only': (socket) => socket.end('HTTP/1.1 100 Continue\r\n\r\n'.repeat(3)),
  'interim answers for ever': (socket) => again(socket, 'HTTP/1.1 102 Processing\r\n\r\n', 50),
  'headers for ever': (socket) => {
    socket.write(open);
    again(socket, 'X: y\r\n', 20);
  },
  'a body for ever': (socket) => {
    socket.write(`${open}\r\n`);
    again(socket, 'x'.repeat(100_000), 5);
  },
  'a body that stops': (socket) => socket.write(`${open}Content-Length: 9\r\n\r\nx`),
  silence: () => {},
  'closed at once': (socket) => socket.end(),
  'lines and nothing else': (socket) => socket.end(`${open}\r\n${'\n'.repeat(1_000_000)}`),
  'names and nothing else': (socket) => socket.end(`${open}\r\n${"bosh='".repeat(150_000)}`),
  'no HTTP': (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
  'terminal escapes': (socket) =>
    socket.end(
      'HTTP/1.1 301 x\r\nLocation: http://\u009b31m\u202e\u009d0;evil\u0007\r\nContent-Length: 0\r\n\r\n',
    ),
  'another protocol': (socket) =>
    socket.end('HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\u0000'),
};

/** The same numbers for the same seed (mulberry32), from 0 to 1. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An answer that is nearly right: bytes changed, left out, doubled, or cut at some place. */
export function mangled(bytes: Buffer, roll: () => number): Buffer {
  const copy = Buffer.from(bytes);
  for (let times = Math.ceil(roll() * 8); times > 0; times--)
    copy[Math.floor(roll() * copy.length)] = Math.floor(roll() * 256);
  const at = Math.floor(roll() * copy.length);
  const part = copy.subarray(0, at);
  const whole = [copy, part, Buffer.concat([part, copy]), Buffer.concat([copy, copy])];
  return whole[Math.floor(roll() * whole.length)] ?? copy;
}

export interface Hostile {
  readonly https: number;
  readonly http: number;
  readonly turn: number;
  readonly turns: number;
  readonly close: () => void;
}

/** A server that does this to whoever asks, over HTTP, TLS, and as a relay over UDP, TCP and TLS. */
export async function openHostile(
  pair: Pair,
  habit: Habit,
  relay: (packet: Buffer) => Buffer | undefined,
): Promise<Hostile> {
  const sockets = new Set<Socket>();
  const kept = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
    return socket;
  };
  const asked = (socket: Socket) => kept(socket).once('data', () => habit(socket));
  const relays = (socket: Socket) =>
    kept(socket).on('data', (packet: Buffer) => {
      const answer = relay(packet);
      if (answer) socket.write(answer);
    });
  const servers = [
    createSecure(pair, asked),
    createServer(asked),
    createServer(relays),
    createSecure(pair, relays),
  ] as const;
  for (const server of servers) server.on('tlsClientError', () => {});
  const [https = 0, http = 0, turn = 0, turns = 0] = await Promise.all(servers.map(listen));
  const datagrams = createSocket('udp4');
  datagrams.on('message', (packet, from) => {
    const answer = relay(packet);
    if (answer && answer.length < 60_000) datagrams.send(answer, from.port, from.address);
  });
  datagrams.on('error', () => {}).unref();
  datagrams.bind(turn, '127.0.0.1');
  await once(datagrams, 'listening');
  const close = () => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers) server.close();
    datagrams.close();
  };
  return { https, http, turn, turns, close };
}
