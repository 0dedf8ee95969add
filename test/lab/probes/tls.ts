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
