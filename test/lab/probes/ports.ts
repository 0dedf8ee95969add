import { createSocket } from 'node:dgram';
import { connect, createServer, isIPv6 } from 'node:net';

/**
 * Which of the TCP ports accept a connection, all asked at once. Silence counts as closed after `patience` ms: longer than the second
 * after which the kernel asks again, because a busy machine loses packets.
 */
export async function openTcp(
  address: string,
  ports: readonly number[],
  patience = 3500,
): Promise<number[]> {
  const tries = ports.map(async (port) => ((await accepts(address, port, patience)) ? [port] : []));
  return (await Promise.all(tries)).flat().sort((a, b) => a - b);
}

function accepts(host: string, port: number, patience: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const answer = (value: boolean) => {
      socket.destroy();
      resolve(value);
    };
    // What has arrived while this program had no processor counts: it is read before an immediate.
    socket.setTimeout(patience, () => setImmediate(answer, false));
    socket.on('connect', () => answer(true));
    socket.on('error', () => answer(false));
  });
}

/** Sends a datagram (hexadecimal) to each UDP port; those from which anything came back. */
export async function openUdp(
  address: string,
  ports: readonly number[],
  payload: string,
  patience = 2500,
): Promise<number[]> {
  const tries = ports.map(async (port) =>
    (await echo(address, port, payload, patience)) ? [port] : [],
  );
  return (await Promise.all(tries)).flat();
}

function echo(address: string, port: number, payload: string, patience: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    let isOver = false;
    const answer = (value: boolean) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      socket.close();
      resolve(value);
    };
    const timer = setTimeout(() => setImmediate(answer, false), patience);
    socket.once('message', () => answer(true));
    socket.once('error', () => answer(false));
    // Connected, so that the kernel tells of a refusal.
    socket.connect(port, address, () => socket.send(Buffer.from(payload, 'hex')));
  });
}

const listening: { close: () => unknown }[] = [];

/** Programs that listen on this machine and are in nobody's port table: TCP accepts, UDP echoes. */
export async function listen(tcp: readonly number[], udp: readonly number[]): Promise<void> {
  for (const port of tcp) {
    const server = createServer((socket) => socket.end());
    await new Promise<void>((ready, failed) =>
      server.once('error', failed).listen(port, '::', ready),
    );
    listening.push(server);
  }
  for (const port of udp) {
    const socket = createSocket('udp6');
    socket.on('message', (data, sender) => socket.send(data, sender.port, sender.address));
    await new Promise<void>((ready) => socket.bind(port, '::', ready));
    listening.push(socket);
  }
}

/** Ends what `listen` began. */
export function silence(): void {
  for (const program of listening.splice(0)) program.close();
}
