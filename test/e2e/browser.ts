import { request as http, type IncomingHttpHeaders } from 'node:http';
import { connect as http2 } from 'node:http2';
import { request as https } from 'node:https';
import { connect, type PeerCertificate } from 'node:tls';
import WebSocket from 'ws';
import { server } from './network.ts';
import { domain } from './server.ts';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a stand-in backend says about the request that reached it. */
export interface Seen {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly peer: string;
  readonly body: string;
}

interface Ask {
  readonly path?: string;
  readonly method?: string;
  readonly host?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly address?: string;
}

/** The certificate is self-signed, as it is before the real one is there. */
const tls = { rejectUnauthorized: false, servername: domain };

export function overHttps(ask: Ask = {}): Promise<Reply> {
  return reply(https, 443, ask);
}

export function overHttp(ask: Ask = {}): Promise<Reply> {
  return reply(http, 80, ask);
}

function reply(request: typeof https | typeof http, port: number, ask: Ask): Promise<Reply> {
  const { path = '/', method = 'GET', host = domain, headers = {}, body } = ask;
  return new Promise((resolve, reject) => {
    const options = { host: ask.address ?? server.ipv4, port, path, method, agent: false };
    const call = request({ ...options, ...tls, headers: { host, ...headers } }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
    });
    call.on('error', reject);
    call.end(body);
  });
}

export function overHttp2(path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const session = http2(`https://${domain}`, {
      ...tls,
      createConnection: () =>
        connect({ host: server.ipv4, port: 443, ALPNProtocols: ['h2'], ...tls }),
    });
    session.on('error', reject);
    const stream = session.request({ ':path': path });
    let status = 0;
    let body = '';
    stream.on('response', (headers) => {
      status = Number(headers[':status']);
    });
    stream.setEncoding('utf8');
    stream.on('data', (chunk) => {
      body += chunk;
    });
    stream.on('end', () => {
      session.close();
      resolve({ status, body });
    });
    stream.on('error', reject);
  });
}

/** A WebSocket for signalling, and the first message: what the backend saw of its opening. */
export function openSocket(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ socket: WebSocket; seen: Seen }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`wss://${server.ipv4}${path}`, 'xmpp', {
      ...tls,
      headers: { host: domain, ...headers },
    });
    socket.once('message', (data) => resolve({ socket, seen: JSON.parse(String(data)) }));
    socket.once('error', reject);
  });
}

/** The next message that comes back for this one. */
export function echo(socket: WebSocket, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer')), 3000);
    socket.once('message', (data) => {
      clearTimeout(timer);
      resolve(String(data));
    });
    socket.send(text);
  });
}

/** The certificate that a port shows for a name. */
export function certificateOf(servername: string | undefined, port = 443) {
  return new Promise<PeerCertificate>((resolve, reject) => {
    const socket = connect(
      {
        host: server.ipv4,
        port,
        rejectUnauthorized: false,
        // coturn of some builds does not speak 1.3.
        maxVersion: 'TLSv1.2',
        ...(servername && { servername }),
      },
      () => {
        resolve(socket.getPeerCertificate());
        socket.destroy();
      },
    );
    socket.on('error', reject);
  });
}
