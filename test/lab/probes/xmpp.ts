import { type Client, client, xml } from '@xmpp/client';
import { type ClientOptions, WebSocket } from 'ws';

type Element = ReturnType<typeof xml>;

/** Who logs in: an account, or somebody without one. */
export interface Login {
  readonly url: string;
  readonly domain: string;
  readonly username?: string;
  readonly password?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly family?: 4 | 6;
}

interface Session {
  readonly client: Client;
  /** Fails when the connection ends; nobody waits for an answer then. */
  readonly ended: Promise<never>;
}

const sessions = new Map<string, Session>();
/** Seconds for an answer: more than a busy machine needs. */
const patience = 60;

/** Logs in over a WebSocket and keeps the session under a name; the address that the server gave. */
export async function login(name: string, who: Login): Promise<string> {
  const options: ClientOptions = {
    ...(who.headers && { headers: { ...who.headers } }),
    ...(who.family && { family: who.family }),
  };
  class Dialed extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, options);
    }
  }
  // The library takes the browser's class, which this Node does not have.
  Object.assign(globalThis, { WebSocket: Dialed });
  const { url: service, domain, username, password } = who;
  const account = username && password ? { username, password } : {};
  const session = client({ service, domain, ...account });
  session.reconnect.stop();
  const ended = new Promise<never>((_, reject) => {
    session.on('error', reject);
    session.on('disconnect', () => reject(new Error('the connection has ended')));
  });
  ended.catch(() => {});
  const started = Promise.race([session.start(), ended]);
  const address = await within(patience, 'logged in', started).catch(async (error) => {
    await session.stop().catch(() => {});
    throw error;
  });
  sessions.set(name, { client: session, ended });
  return String(address);
}

/** Asks for a conference as Jitsi's page does: `ready`, or the condition of the error. */
export async function conference(name: string, room: string): Promise<string> {
  const question = xml('conference', {
    xmlns: 'http://jitsi.org/protocol/focus',
    room,
    'machine-uid': `lab-${name}`,
  });
  try {
    const answer = await ask(name, 'focus.meet.jitsi', 'set', question);
    return answer.getChild('conference')?.attrs.ready === 'true' ? 'ready' : 'not ready';
  } catch (error) {
    return (error as { condition?: string }).condition ?? String(error);
  }
}

/** Enters a room: the nicknames of who is in it, in the alphabet's order since prosody names them in any, or the error's condition. */
export function join(name: string, room: string, nick: string): Promise<string[] | string> {
  const { client: session, ended } = sessionOf(name);
  const inside: string[] = [];
  const entered = new Promise<string[] | string>((resolve) => {
    session.on('stanza', (stanza: Element) => {
      const from = String(stanza.attrs.from ?? '');
      if (!stanza.is('presence') || !from.startsWith(`${room}/`)) return;
      if (stanza.attrs.type === 'error')
        resolve(stanza.getChild('error')?.getChildElements()[0]?.name ?? 'error');
      else inside.push(from.slice(room.length + 1));
      // One's own presence is the last of the room's.
      if (from === `${room}/${nick}`) resolve(inside.sort());
    });
  });
  const muc = xml('x', { xmlns: 'http://jabber.org/protocol/muc' });
  const enter = session.send(xml('presence', { to: `${room}/${nick}` }, muc));
  return within(patience, 'in the room', Promise.race([enter.then(() => entered), ended]));
}

/** Takes somebody out of a room, which moderators may: `done`, or the condition of the error. */
export async function remove(name: string, room: string, nick: string): Promise<string> {
  const item = xml('item', { nick, role: 'none' });
  const query = xml('query', { xmlns: 'http://jabber.org/protocol/muc#admin' }, item);
  try {
    await ask(name, room, 'set', query);
    return 'done';
  } catch (error) {
    return (error as { condition?: string }).condition ?? String(error);
  }
}

export interface Service {
  readonly type: string;
  readonly host: string;
  readonly port: number;
  readonly transport: string;
  readonly username: string;
  readonly password: string;
}

/** The relays that the server offers to this session, with their credentials (XEP-0215). */
export async function relays(name: string, domain: string): Promise<Service[]> {
  const answer = await ask(name, domain, 'get', xml('services', { xmlns: 'urn:xmpp:extdisco:2' }));
  const list = answer.getChild('services')?.getChildren('service') ?? [];
  return list.map(({ attrs }) => ({
    type: attrs.type ?? '',
    host: attrs.host ?? '',
    port: Number(attrs.port),
    transport: attrs.transport ?? '',
    username: attrs.username ?? '',
    password: attrs.password ?? '',
  }));
}

/** A question and its answer over a session that may have been open for long. */
export async function ping(name: string, domain: string): Promise<void> {
  await ask(name, domain, 'get', xml('ping', { xmlns: 'urn:xmpp:ping' }));
}

export async function leave(name: string): Promise<void> {
  const session = sessions.get(name);
  sessions.delete(name);
  await session?.client.stop().catch(() => {});
}

function ask(name: string, to: string, type: 'get' | 'set', child: Element): Promise<Element> {
  const { client: session, ended } = sessionOf(name);
  const answered = session.iqCaller.request(xml('iq', { type, to }, child), patience * 1000);
  return Promise.race([answered, ended]);
}

function sessionOf(name: string): Session {
  const session = sessions.get(name);
  if (!session) throw new Error(`nobody is logged in as ${name}`);
  return session;
}

async function within<T>(seconds: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not ${what} in ${seconds} s`)), seconds * 1000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
