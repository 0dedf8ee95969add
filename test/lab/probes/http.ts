import http from 'node:http';
import https from 'node:https';

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** The server's address as connected to. */
  readonly address: string;
}

export interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  readonly family?: 4 | 6;
  readonly method?: string;
  readonly body?: string;
  /** Take any certificate; otherwise it has to be valid for the name and from a trusted authority. */
  readonly anyCertificate?: boolean;
}

/** Fetches an address without following redirects. */
export function get(url: string, asked: Asked = {}): Promise<Answer> {
  const { headers, family, method = 'GET', body, anyCertificate = false } = asked;
  const options = {
    method,
    headers: { connection: 'close', ...headers },
    ...(family && { family }),
    agent: false as const,
    timeout: 10_000,
    rejectUnauthorized: !anyCertificate,
  };
  return new Promise((resolve, reject) => {
    const request = (url.startsWith('https:') ? https : http).request(url, options, (response) => {
      const parts: Buffer[] = [];
      const address = response.socket.remoteAddress ?? '';
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString(),
          address,
        }),
      );
    });
    request.on('timeout', () => request.destroy(new Error(`${url}: no answer in 10 s`)));
    request.on('error', reject);
    request.end(body);
  });
}
