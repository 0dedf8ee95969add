import { WebSocket } from 'ws';

/** Somebody at a board: what is open, and what was heard there. */
interface Seat {
  readonly socket: WebSocket;
  readonly heard: string[][];
}

const seats = new Map<string, Seat>();
/** Seconds for an answer: more than a busy machine needs. */
const patience = 60_000;

/**
 * Opens the whiteboard of a room as Jitsi's page does, with Socket.IO's own words over a WebSocket, and keeps it under a name;
 * what the server says to that: `first-in-room`, `joined`, `room-full`.
 *
 * @param url the site's, such as `https://meet.example.org`
 */
export async function open(name: string, url: string, room: string): Promise<string> {
  const address = `${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const socket = new WebSocket(address);
  const seat: Seat = { socket, heard: [] };
  seats.set(name, seat);
  await new Promise((resolve, reject) => {
    socket.once('open', resolve).once('error', reject);
  });
  socket.on('message', (data) => {
    const text = String(data);
    // 0: the transport is open, 2: are you there, 42: an event.
    if (text.startsWith('0')) socket.send('40');
    else if (text === '2') socket.send('3');
    else if (text.startsWith('42')) seat.heard.push(JSON.parse(text.slice(2)));
  });
  await hears(name, 'init-room');
  say(seat, 'join-room', room);
  const [answer = ''] = await eventOf(seat, ([event = '']) =>
    ['first-in-room', 'joined', 'room-full'].includes(event),
  );
  return answer;
}

/** Draws something for the others of the room. */
export function draw(name: string, room: string, drawn: string): void {
  say(seatOf(name), 'server-broadcast', room, drawn);
}

/** Waits for an event; what came with it. */
export async function hears(name: string, event: string): Promise<string[]> {
  const [, ...rest] = await eventOf(seatOf(name), ([kind]) => kind === event);
  return rest;
}

/** Leaves the board. */
export function leave(name: string): void {
  seatOf(name).socket.terminate();
  seats.delete(name);
}

function say({ socket }: Seat, ...event: readonly string[]): void {
  socket.send(`42${JSON.stringify(event)}`);
}

function seatOf(name: string): Seat {
  const seat = seats.get(name);
  if (!seat) throw new Error(`${name} is at no board`);
  return seat;
}

async function eventOf(
  { socket, heard }: Seat,
  wanted: (event: string[]) => boolean,
): Promise<string[]> {
  const until = Date.now() + patience;
  while (Date.now() < until) {
    const found = heard.find(wanted);
    if (found) return found;
    if (socket.readyState !== WebSocket.OPEN) throw new Error('the board was closed');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`only ${JSON.stringify(heard)} was heard in ${patience / 1000} s`);
}
