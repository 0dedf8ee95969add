import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const held = new Set<Socket>();

/** Opens so many connections that say this (hexadecimal) and nothing more. How many are open after the time, in ms. */
export async function hold(
  host: string,
  port: number,
  count: number,
  says: string,
  time = 2500,
): Promise<number> {
  for (let i = 0; i < count; i++) {
    const socket = connect({ host, port }, () => {
      held.add(socket);
      socket.write(Buffer.from(says, 'hex'));
    });
    socket
      .on('error', () => {})
      .on('close', () => held.delete(socket))
      .resume();
    if (i % 100 === 99) await sleep(20);
  }
  await sleep(time);
  return held.size;
}

/** Ends all of them. */
export async function release(): Promise<void> {
  for (const socket of held) socket.destroy();
  await sleep(500);
}
