/** Many connections at once, made in the client's network and told over IPC: a hostile address, or a school. */
import { connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { type TLSSocket, connect as tlsConnect } from 'node:tls';

/** Where to, and from which of the client's addresses. */
interface Way {
  readonly address: string;
  readonly port: number;
  readonly from: string;
}

/** What somebody says who never comes to an end. */
const beginnings = {
  nothing: Buffer.alloc(0),
  'six bytes of a hello': Buffer.from('160301020001', 'hex'),
  'a hello, then nothing': await helloOf('meet.example.org'),
  'half a request': Buffer.from('GET / HTTP/1.1\r\nHost: meet.example.org\r\n'),
};
export type Beginning = keyof typeof beginnings;

/** All that is open, with the time when it was. */
const held = new Map<Socket, number>();
let reopen = true;

export const deeds = {
  /** Opens so many connections, and each that is cut off anew, a second later. How many are open after that. */
  async besiege({
    count,
    says,
    seconds,
    ...way
  }: Way & { count: number; says: Beginning; seconds: number }) {
    reopen = true;
    for (let i = 0; i < count; i++) {
      begin(way, says);
      if (i % 100 === 99) await pause(10);
    }
    await pause(seconds * 1000);
    // What was opened just now may not have been looked at yet; an edge without limits cuts it off after five seconds.
    const before = Date.now() - 3000;
    return { open: [...held.values()].filter((since) => since < before).length };
  },
  /** Ends all of that. */
  async leave() {
    reopen = false;
    for (const socket of held.keys()) socket.destroy();
    held.clear();
    await pause(500);
    return { open: 0 };
  },
  /** So many people at once: each gets the page, keeps a WebSocket, and asks the relay where there is one. How many did. */
  async school({ people, relay, ...way }: Way & { people: number; relay: boolean }) {
    const each = Array.from({ length: people }, async () => {
      const page = await ask(
        way,
        'meet.example.org',
        'GET / HTTP/1.1\r\nHost: meet.example.org\r\n\r\n',
      );
      const upgrade = 'Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n';
      const head = `GET /xmpp-websocket HTTP/1.1\r\nHost: meet.example.org\r\n${upgrade}`;
      const signalling = await ask(way, 'meet.example.org', head);
      const binding = Buffer.from('000100002112a442000000000000000000000000', 'hex');
      const relayed = relay ? await ask(way, 'turn.example.org', binding) : '\x01\x01';
      return (
        page.startsWith('HTTP/1.1 200') &&
        signalling.includes(' 101 ') &&
        relayed.startsWith('\x01\x01')
      );
    });
    const served = (await Promise.all(each)).filter(Boolean).length;
    return { open: served };
  },
};
export type Deeds = typeof deeds;

function begin(way: Way, says: Beginning): void {
  const socket = connect({ host: way.address, port: way.port, localAddress: way.from });
  socket
    .on('error', () => {})
    .on('connect', () => {
      held.set(socket, Date.now());
      socket.write(beginnings[says]);
    });
  socket.resume().on('close', () => {
    held.delete(socket);
    setTimeout(() => reopen && begin(way, says), 1000);
  });
}

/**
 * Says something over TLS and keeps the connection; the first that comes back, or nothing. As a browser does, it tries again when it was
 * cut off: on a busy machine a hello takes longer than an edge waits. Whoever is kept out by a limit stays out, as the others stay in.
 */
async function ask(way: Way, servername: string, words: string | Buffer): Promise<string> {
  for (let tries = 0; tries < 20; tries += 1) {
    const answer = await askOnce(way, servername, words);
    if (answer !== '') return answer;
    await pause(1000);
  }
  return '';
}

function askOnce(way: Way, servername: string, words: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    const target = { host: way.address, port: way.port, localAddress: way.from };
    const socket: TLSSocket = tlsConnect({ ...target, servername, rejectUnauthorized: false });
    held.set(socket, Date.now());
    socket.on('secureConnect', () => socket.write(words));
    socket.once('data', (data) => resolve(data.toString('latin1')));
    socket.on('error', () => {}).on('close', () => resolve(''));
    socket.setTimeout(30_000, () => socket.destroy());
  });
}

/** The first message of a TLS client. */
function helloOf(servername: string): Promise<Buffer> {
  return new Promise((resolve) => {
    const wire = new Duplex({
      read() {},
      write(chunk: Buffer, _, done) {
        resolve(chunk);
        done();
      },
    });
    tlsConnect({ socket: wire, servername }).on('error', () => {});
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

process.on('message', async ({ deed, details }: { deed: keyof Deeds; details: never }) => {
  const done = (deeds[deed] as (details: never) => Promise<{ open: number }>)(details);
  process.send?.(await done);
});
