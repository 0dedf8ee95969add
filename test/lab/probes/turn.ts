import { createSocket } from 'node:dgram';
import { isIPv6, type Socket, connect as tcp } from 'node:net';
import { connect as tls } from 'node:tls';
import {
  addressIn,
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
} from '../../../src/doctor/stun.ts';
import { dataOf, indication, payloadOf } from '../../e2e/stun.ts';

/** How a relay is reached. */
export interface RelayAddress {
  readonly transport: 'udp' | 'tcp' | 'tls';
  /** An address; with TLS the certificate has to be valid for `name`. */
  readonly host: string;
  readonly port: number;
  readonly name?: string;
}

/** A peer that the relay is asked for, and a STUN request (hexadecimal) that the peer should answer. */
export interface Peer {
  readonly address: string;
  readonly port: number;
  readonly request?: string;
}

/** What came of it: 0 when allowed, else the error's number; and whether the peer said yes to the request. */
export interface Relayed {
  readonly error: number;
  readonly answered?: boolean;
}

interface Wire {
  readonly send: (packet: Buffer) => void;
  readonly receive: (wanted: (message: Message) => boolean) => Promise<Message>;
  readonly close: () => void;
}

/** Asks a relay for each of the peers. An allocation that is refused is an error with its number. */
export async function relay(
  at: RelayAddress,
  credential: { readonly username: string; readonly password: string },
  peers: readonly Peer[],
): Promise<Relayed[]> {
  const wire = await open(at);
  try {
    // Addresses of both families need an allocation of each; the first peer decides.
    const six = isIPv6(peers[0]?.address ?? '') ? [familySix] : [];
    const allocate = (login?: Login) =>
      ask(wire, () => encode(method.allocate, [transportUdp, ...six], login ? { login } : {}));
    const first = await allocate();
    if (errorOf(first) !== 401) throw new Error(`asked without a login: ${errorOf(first)}`);
    const login = { ...credential, ...challengeOf(first) };
    const refused = errorOf(await allocate(login));
    if (refused !== 0) throw new Error(`no relay: error ${refused}`);
    const results: Relayed[] = [];
    for (const peer of peers) results.push(await reach(wire, login, peer));
    return results;
  } finally {
    wire.close();
  }
}

/** The address that a relay sees this machine with. */
export async function seen(at: RelayAddress): Promise<string> {
  const wire = await open(at);
  try {
    return addressIn(await ask(wire, () => encode(method.binding)), 'mapped') ?? '';
  } finally {
    wire.close();
  }
}

async function reach(wire: Wire, login: Login, { address, port, request }: Peer): Promise<Relayed> {
  const permission = () => encode(method.permission, (id) => [peerOf(address, 0, id)], { login });
  const error = errorOf(await ask(wire, permission));
  if (error !== 0 || request === undefined) return { error };
  const question = Buffer.from(request, 'hex');
  const parts = (id: Buffer) => [peerOf(address, port, id), dataOf(question)];
  const { packet } = encode(indication.send, parts, { indication: true });
  const answer = wire.receive(({ type }) => type === (indication.data | 0x0010));
  wire.send(packet);
  const said = decodeMessage(payloadOf(await answer));
  const own = said?.id.equals(question.subarray(8, 20)) === true;
  return { error, answered: own && errorOf(said) === 0 };
}

async function ask(wire: Wire, make: () => { packet: Buffer; id: Buffer }): Promise<Message> {
  const { packet, id } = make();
  const answer = wire.receive((message) => message.id.equals(id));
  wire.send(packet);
  return answer;
}

async function open(at: RelayAddress): Promise<Wire> {
  const waiting = new Set<(message: Message) => boolean>();
  const arrive = (packet: Buffer) => {
    const message = decodeMessage(packet);
    if (!message) return;
    for (const take of waiting) if (take(message)) return;
  };
  const receive: Wire['receive'] = (wanted) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(take);
        reject(new Error(`no answer over ${at.transport} from ${at.host}:${at.port}`));
      }, 4000);
      const take = (message: Message) => {
        if (!wanted(message)) return false;
        clearTimeout(timer);
        resolve(message);
        return waiting.delete(take);
      };
      waiting.add(take);
    });
  if (at.transport === 'udp') {
    const socket = createSocket(isIPv6(at.host) ? 'udp6' : 'udp4').on('message', arrive);
    const send = (packet: Buffer) => socket.send(packet, at.port, at.host);
    return { send, receive, close: () => socket.close() };
  }
  const socket = await connected(at);
  socket.on('data', messages(arrive));
  return { send: (packet) => socket.write(packet), receive, close: () => socket.destroy() };
}

function connected({ transport, host, port, name }: RelayAddress): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket: Socket =
      transport === 'tcp'
        ? tcp(port, host, () => resolve(socket))
        : // Some builds of coturn fail at 1.3.
          tls({ host, port, servername: name ?? host, maxVersion: 'TLSv1.2' }, () =>
            resolve(socket),
          );
    socket.on('error', reject);
  });
}
