/** A client of the stack, started in the client's network: does what it is told over IPC, one thing at a time. */
import { connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { type TLSSocket, connect as tlsConnect } from 'node:tls';
import { examine } from '../../../src/doctor/examine.ts';
import type { Plan } from '../../../src/plan/plan.ts';

export interface Target {
  readonly address: string;
  readonly port?: number;
}

export interface TlsTarget extends Target {
  readonly name?: string;
  readonly protocols?: readonly string[];
  /** Cuts the first message into pieces of so many bytes, with a pause after each. */
  readonly pieces?: number;
  /** Bytes that go ahead of the TLS. */
  readonly ahead?: string;
}

const held = new Map<string, TLSSocket>();

export const tasks = {
  /** A request over TLS; the answer as text, or why there is none. */
  async request(target: TlsTarget & { readonly head: string }) {
    return exchange(target, Buffer.from(`${target.head}\r\nConnection: close\r\n\r\n`));
  },
  /** A STUN binding request over TLS: what a relay answers, and whom it takes us for. */
  async stun(target: TlsTarget) {
    const query = Buffer.alloc(20);
    query.writeUInt16BE(1, 0);
    query.writeUInt32BE(cookie, 4);
    const answer = Buffer.from((await exchange(target, query, 32)).data, 'latin1');
    const relay = answer.length >= 20 && answer.readUInt16BE(0) === 0x0101;
    return { relay, seen: relay ? mappedAddress(answer) : '' };
  },
  /** Says something without TLS, or nothing: what comes back, and after how long it is cut off. */
  async plain({ address, port = 443, text }: Target & { readonly text: string }) {
    const started = Date.now();
    const socket = connect(port, address);
    let data = '';
    socket.on('data', (chunk) => {
      data += chunk.toString('latin1');
    });
    if (text) socket.write(text);
    await new Promise((resolve) => socket.on('close', resolve).on('error', () => {}));
    return { data, after: Date.now() - started };
  },
  /** What the doctor says about a stack at this address. */
  async doctor({ plan, address, turnSecret }: Target & { plan: Plan; turnSecret: string }) {
    const network = { ...plan.answers.network, publicAddresses: [address] };
    const moved = { ...plan, answers: { ...plan.answers, network } };
    const { findings } = await examine(moved, {
      lookUp: async () => ({ outcome: 'found', addresses: [address] }),
      proxyOf: () => undefined,
      interfaces: {},
      authorities: [],
      turnSecret,
    });
    return { findings };
  },
  /** Opens a WebSocket and keeps it. */
  async hold(target: TlsTarget & { readonly id: string; readonly head: string }) {
    const socket = await handshake(target);
    held.set(target.id, socket);
    socket.write(`${target.head}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`);
    return { data: await next(socket) };
  },
  /** Says something on a connection that is kept, and waits for the echo. */
  async echo({ id, text }: { readonly id: string; readonly text: string }) {
    const socket = held.get(id);
    if (!socket || socket.destroyed) return { data: 'gone' };
    socket.write(text);
    return { data: await next(socket) };
  },
};

async function exchange(target: TlsTarget, query: Buffer, enough = Number.POSITIVE_INFINITY) {
  try {
    const socket = await handshake(target);
    const { subject, subjectaltname = '' } = socket.getPeerCertificate();
    const certificate = /DNS:([^,]+)/.exec(subjectaltname)?.[1] ?? subject?.CN ?? '';
    const chunks: Buffer[] = [];
    await new Promise<void>((resolve, reject) => {
      socket.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (Buffer.concat(chunks).length >= enough) resolve();
      });
      socket.on('close', () => resolve()).on('error', reject);
      socket.setTimeout(6000, () => resolve());
      socket.write(query);
    });
    socket.destroy();
    return { data: Buffer.concat(chunks).toString('latin1'), certificate };
  } catch (error) {
    return { data: '', certificate: '', error: (error as Error).message };
  }
}

function handshake({ address, port = 443, name, protocols, pieces, ahead }: TlsTarget) {
  return new Promise<TLSSocket>((resolve, reject) => {
    const raw = connect(port, address);
    raw.setNoDelay(true);
    raw.on('error', reject);
    raw.on('connect', () => {
      if (ahead) raw.write(ahead);
      const socket = tlsConnect({
        socket: pieces ? inPieces(raw, pieces) : raw,
        rejectUnauthorized: false,
        ...(name && { servername: name }),
        ...(protocols && { ALPNProtocols: [...protocols] }),
      });
      socket.once('secureConnect', () => resolve(socket));
      socket.on('error', reject);
    });
  });
}

function inPieces(raw: Socket, size: number): Duplex {
  let first = true;
  const pieces = new Duplex({
    read() {},
    write(chunk: Buffer, _, done) {
      if (!first) return void raw.write(chunk, done);
      first = false;
      void (async () => {
        for (let at = 0; at < chunk.length; at += size) {
          raw.write(chunk.subarray(at, at + size));
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        done();
      })();
    },
  });
  raw.on('data', (chunk) => pieces.push(chunk));
  raw.on('close', () => pieces.destroy());
  return pieces;
}

function next(socket: TLSSocket): Promise<string> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('nothing'), 4000);
    socket.once('data', (chunk) => {
      clearTimeout(timer);
      resolve(chunk.toString('latin1'));
    });
  });
}

/** Nothing here takes this long, unless something behind the door hangs. */
function tooLong(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('no answer in time')), 12_000).unref();
  });
}

const cookie = 0x2112a442;

/** XOR-MAPPED-ADDRESS of a binding response whose transaction is all zeros (RFC 8489, 14.2); IPv6 in full. */
function mappedAddress(answer: Buffer): string {
  for (let at = 20; at + 4 <= answer.length; ) {
    const [type, length] = [answer.readUInt16BE(at), answer.readUInt16BE(at + 2)];
    if (type === 0x0020) {
      const address = Buffer.from(answer.subarray(at + 8, at + 4 + length));
      address.writeUInt32BE((address.readUInt32BE(0) ^ cookie) >>> 0, 0);
      if (address.length === 4) return address.join('.');
      return Array.from({ length: 8 }, (_, i) => address.readUInt16BE(2 * i).toString(16)).join(
        ':',
      );
    }
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return '';
}

export type Tasks = typeof tasks;

// Imported for its types elsewhere; here it is the program.
if (process.send) {
  process.on('message', async ({ task, target }: { task: keyof Tasks; target: never }) => {
    const done = (tasks[task] as (target: never) => Promise<unknown>)(target);
    const result = await Promise.race([done, tooLong()]).catch((error: Error) => ({
      data: '',
      error: error.message,
    }));
    process.send?.(result);
  });
}
