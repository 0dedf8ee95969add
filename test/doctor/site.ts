import { createHash } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import type { Pair } from './authority.ts';

/** What a site of a test answers with; everything is as it should be where nothing is said. */
export interface Habits {
  /** Of every path: an edge whose backends are gone. */
  status?: number;
  page?: string;
  /** Made from where the site is. */
  config?: (origin: string) => string;
  hsts?: string;
  /** 101 where it is right. */
  socket?: number;
  protocol?: string;
  bosh?: string;
  redirect?: string;
  /** What a program beside Jitsi answers with, its WebSocket too. */
  beside?: number;
}

export interface Site {
  readonly https: number;
  readonly http: number;
  /** May be changed at any time. */
  habits: Habits;
  readonly close: () => void;
}

const session = `<body xmlns='http://jabber.org/protocol/httpbind' sid='a-1' wait='2'/>`;

/** A meeting site on free ports of this machine. */
export async function openSite(pair: Pair, name: string): Promise<Site> {
  const site = { habits: {} as Habits };
  let origin = '';
  const answer: RequestListener = (request, response) => {
    const { status = 200, page, config, hsts, socket, bosh } = site.habits;
    if (hsts !== '') response.setHeader('strict-transport-security', hsts ?? 'max-age=31536000');
    response.statusCode = status;
    if (status !== 200) response.end();
    else if (request.url === '/') response.end(page ?? '<title>Jitsi Meet</title>');
    else if (request.url === '/etherpad/')
      response.writeHead(site.habits.beside ?? 200).end('a pad');
    else if (request.url === '/config.js') response.end((config ?? configOf)(origin));
    else if (request.url === '/http-bind' && request.method === 'POST')
      response.end(bosh ?? session);
    else response.writeHead(socket ?? 404).end();
  };
  const secure = createSecure(pair, answer);
  secure.on('upgrade', (request, socket) => {
    const { status = 101, protocol = 'xmpp', beside = 101 } = site.habits;
    const isBeside = request.url?.startsWith('/socket.io/') === true;
    const { socket: wanted = status } = isBeside ? { socket: beside } : site.habits;
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    const right =
      request.headers.origin === origin && (isBeside || request.url === '/xmpp-websocket');
    const lines =
      wanted === 101 && right
        ? ['Upgrade: websocket', `Sec-WebSocket-Accept: ${accept}`, 'Connection: Upgrade']
        : ['Content-Length: 0', 'Connection: close'];
    const code = right ? wanted : 400;
    socket.end(
      [`HTTP/1.1 ${code} Answer`, ...lines, `Sec-WebSocket-Protocol: ${protocol}`, '', ''].join(
        '\r\n',
      ),
    );
  });
  const plain = createServer((_, response) => {
    const { redirect = `${origin}/` } = site.habits;
    if (redirect === '') response.end('plain');
    else response.writeHead(301, { location: redirect }).end();
  });
  const [https, http] = await Promise.all([listen(secure), listen(plain)]);
  origin = `https://${name}:${https}`;
  const close = () => {
    secure.closeAllConnections();
    for (const server of [secure, plain]) server.close();
  };
  return Object.assign(site, { https, http, close });
}

/** The lines of docker-jitsi-meet that say where signalling is. */
export function configOf(origin: string): string {
  const host = origin.replace('https://', '');
  return [
    'var config = {};',
    `config.bosh = 'https://${host}/' + subdir + 'http-bind';`,
    `config.websocket = 'wss://${host}/' + subdir + 'xmpp-websocket';`,
    '',
  ].join('\n');
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  // A test that fails half-way ends all the same.
  server.unref();
  return (server.address() as AddressInfo).port;
}

/** A port on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((done) => server.close(done));
  return port;
}
