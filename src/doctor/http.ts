import { type IncomingHttpHeaders, request as plain, type RequestOptions } from 'node:http';
import { request as secure } from 'node:https';

/** Milliseconds for a whole answer. */
const patience = 4000;
/** No page that is looked at here is larger. */
const most = 2 ** 21;

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** No answer, in a sentence. `connected`: somebody took the question, so it is not the way that is blocked. */
export interface Silence {
  readonly connected: boolean;
  readonly reason: string;
}

/** A request to a name at one of its addresses. */
export interface HttpRequest {
  readonly address: string;
  /** Where it goes, as a browser would be told: `https://meet.example.org/config.js`. */
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Asks, whatever the certificate is worth: that is another check's question. A changed protocol is an answer too (101). */
export function request({
  address,
  url,
  method,
  headers,
  body,
}: HttpRequest): Promise<Reply | Silence> {
  const { protocol, hostname, port, host, pathname, search } = new URL(url);
  const isSecure = protocol === 'https:';
  return new Promise((settle) => {
    let connected = false;
    const options: RequestOptions & { servername?: string; rejectUnauthorized?: boolean } = {
      host: address,
      port: port || (isSecure ? 443 : 80),
      path: `${pathname}${search}`,
      method: method ?? 'GET',
      agent: false,
      headers: { host, ...headers },
      servername: hostname,
      rejectUnauthorized: false,
    };
    const call = (isSecure ? secure : plain)(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > most) end({ connected, reason: 'its answer has no end' });
      });
      response.on('end', () =>
        end({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
      // Cut off in the middle there is no end, and often no error.
      response.on('error', () => end({ connected, reason: cutOff }));
      response.on('close', () => end({ connected, reason: cutOff }));
    });
    /** Every way in which a connection can end comes here; the first one counts. */
    const end = (answer: Reply | Silence) => {
      clearTimeout(late);
      settle(answer);
      call.destroy();
    };
    const late = setTimeout(() => {
      end({ connected, reason: `no answer within ${patience / 1000} seconds` });
    }, patience);
    call.on('socket', (socket) =>
      socket.once(isSecure ? 'secureConnect' : 'connect', () => {
        connected = true;
      }),
    );
    call.on('upgrade', ({ statusCode = 0, headers }, socket) => {
      socket.on('error', () => {}).destroy();
      end({ status: statusCode, headers, body: '' });
    });
    call.on('error', (error) => end({ connected, reason: reasonOf(error, patience) }));
    call.on('close', () => end({ connected, reason: cutOff }));
    call.end(body);
  });
}

const cutOff = 'its answer is cut off';

/** Why a connection came to nothing, as the end of a sentence. */
export function reasonOf(error: Error, limit: number): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (error.name === 'TimeoutError' || code === 'ABORT_ERR' || code === 'ETIMEDOUT')
    return `no answer within ${limit / 1000} seconds`;
  if (code.startsWith('HPE_')) return 'what it answers is no HTTP';
  return reasons[code] ?? `it failed with ${code || error.message}`;
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection is refused',
  ECONNRESET: 'the connection is cut',
  EHOSTUNREACH: 'no way leads there',
  ENETUNREACH: 'no way leads there',
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: 'it knows no such name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
};
