import { connect } from 'node:net';
import tls from 'node:tls';

export interface Handshake {
  readonly serial: string;
  readonly names: readonly string[];
  readonly issuer: string;
  readonly protocol: string;
  /** The certificate is from a trusted authority and names whom we asked for. */
  readonly trusted: boolean;
  readonly why: string;
}

/** Makes a TLS connection and says what was served; undefined when the server refused the handshake. */
export function handshake(
  host: string,
  port: number,
  servername: string,
  options: tls.ConnectionOptions = {},
): Promise<Handshake | { readonly refused: string }> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      host,
      port,
      // A bare address is asked for without a name.
      ...(servername && { servername }),
      rejectUnauthorized: false,
      timeout: 10_000,
      ...options,
    });
    socket.on('timeout', () => socket.destroy(new Error(`${host}:${port}: no TLS in 10 s`)));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code?.startsWith('ERR_SSL') || error.code === 'ECONNRESET'
        ? resolve({ refused: error.code })
        : reject(error),
    );
    socket.on('secureConnect', () => {
      const certificate = socket.getPeerCertificate();
      const names = (certificate.subjectaltname ?? '')
        .split(', ')
        .map((name) => name.replace(/^(DNS|IP Address):/, ''));
      resolve({
        serial: certificate.serialNumber,
        names,
        issuer: String(certificate.issuer?.CN ?? ''),
        protocol: socket.getProtocol() ?? '',
        trusted: socket.authorized,
        why: String(socket.authorizationError ?? ''),
      });
      socket.destroy();
    });
  });
}

/** Puts a PROXY header that names somebody else before the TLS handshake: `taken` when the page is served all the same. */
export function claiming(
  host: string,
  port: number,
  servername: string,
  claimed: string,
): Promise<'taken' | 'refused'> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => {
      socket.write(`PROXY TCP4 ${claimed} ${host} 4711 ${port}\r\n`);
      const secure = tls.connect({ socket, servername, rejectUnauthorized: false });
      secure.on('secureConnect', () => secure.write(`GET /claimed HTTP/1.0\r\n\r\n`));
      secure.on('data', () => resolve('taken'));
      secure.on('error', () => resolve('refused'));
      secure.on('close', () => resolve('refused'));
    });
    socket.on('error', () => resolve('refused'));
    socket.on('close', () => resolve('refused'));
    socket.setTimeout(8000, () => socket.destroy());
  });
}
