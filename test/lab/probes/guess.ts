import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

const sasl = "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'";

/** One WebSocket on which one password after the other can be tried, as an attacker would. */
export interface Guesser {
  /** `success`, or the condition of the refusal. */
  plain(name: string, password: string): Promise<string>;
  close(): void;
}

/** @param address what the edge would say in `X-Forwarded-For`, where there is none */
export async function guesser(url: string, address?: string): Promise<Guesser> {
  const headers = address === undefined ? {} : { 'x-forwarded-for': address };
  const socket = new WebSocket(url, ['xmpp'], { headers });
  await once(socket, 'open');
  const waiting: ((text: string) => void)[] = [];
  const early: string[] = [];
  socket.on('message', (data) => {
    const text = String(data);
    const next = waiting.shift();
    if (next) next(text);
    else early.push(text);
  });
  const ended = new Promise<string>((resolve) => socket.on('close', () => resolve('<closed/>')));
  const heard = () =>
    Promise.race([
      ended,
      new Promise<string>((resolve) => {
        const text = early.shift();
        if (text === undefined) waiting.push(resolve);
        else resolve(text);
      }),
    ]);
  socket.send(`<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='meet.jitsi' version='1.0'/>`);
  await heard();
  await heard();
  return {
    async plain(name, password) {
      const words = Buffer.from(`\0${name}\0${password}`).toString('base64');
      socket.send(`<auth ${sasl} mechanism='PLAIN'>${words}</auth>`);
      const answer = await heard();
      return /<failure[^>]*><([\w-]+)/.exec(answer)?.[1] ?? /<(\w+)/.exec(answer)?.[1] ?? answer;
    },
    close: () => socket.terminate(),
  };
}

export interface Guesses {
  /** Whose password; `#` in it is the number of the guess. */
  readonly account: string;
  readonly seconds: number;
  readonly sockets: number;
  readonly address?: string;
}

/** Guesses on several WebSockets at once: how many of each answer came. */
export async function guess(
  url: string,
  { account, seconds, sockets, address }: Guesses,
): Promise<Readonly<Record<string, number>>> {
  const answers: Record<string, number> = {};
  const end = Date.now() + seconds * 1000;
  let count = 0;
  const one = async () => {
    const own = await guesser(url, address);
    const late = sleep(end - Date.now(), undefined);
    while (Date.now() < end) {
      count += 1;
      const name = account.replace('#', String(count));
      const answer = await Promise.race([own.plain(name, `wrong ${count}`), late]);
      if (answer !== undefined) answers[answer] = (answers[answer] ?? 0) + 1;
    }
    own.close();
  };
  await Promise.all(Array.from({ length: sockets }, one));
  return answers;
}
