import { X509Certificate } from 'node:crypto';
import { checkServerIdentity, connect, createSecureContext, type SecureContext } from 'node:tls';
import { reasonOf } from './http.ts';

/** Milliseconds for a handshake. */
const patience = 4000;

/** The certificate that a port shows for a name. */
export interface Shown {
  readonly certificate: X509Certificate;
  /** OpenSSL's code for why its chain leads to no known authority; undefined when it does, or when only time is wrong. */
  readonly untrusted?: string;
  /** It is not for this name. */
  readonly misnamed: boolean;
}

/** Makes a TLS connection for a name; the reason in words where there is none. */
export function handshake(
  address: string,
  port: number,
  name: string,
  secureContext: SecureContext,
): Promise<Shown | { readonly reason: string }> {
  return new Promise((resolve) => {
    const options = { host: address, port, servername: name, secureContext };
    const socket = connect({ ...options, rejectUnauthorized: false });
    const late = setTimeout(
      () => socket.destroy(new DOMException('late', 'TimeoutError')),
      patience,
    );
    socket.on('error', (error) => {
      clearTimeout(late);
      resolve({ reason: reasonOf(error, patience) });
    });
    socket.once('secureConnect', () => {
      clearTimeout(late);
      const peer = socket.getPeerCertificate();
      // Names are judged here by themselves: OpenSSL stops at the first thing that it dislikes.
      const misnamed = checkServerIdentity(name, peer) !== undefined;
      const code = String(socket.authorizationError ?? '');
      const untrusted =
        /^(|ERR_TLS_CERT_ALTNAME_INVALID|CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/.test(code)
          ? undefined
          : code;
      resolve({
        certificate: new X509Certificate(peer.raw),
        misnamed,
        ...(untrusted !== undefined && { untrusted }),
      });
      socket.destroy();
    });
  });
}

/** Whom to believe about certificates. Making it takes longer than a handshake, so one serves all. */
export function trust(authorities: readonly string[]): SecureContext {
  return createSecureContext({ ca: [...authorities] });
}

export function isSelfSigned(certificate: X509Certificate): boolean {
  return certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey);
}

/** The first certificate of a file in PEM; undefined when there is none in it. */
export function readCertificate(text: string | undefined): X509Certificate | undefined {
  try {
    return text === undefined ? undefined : new X509Certificate(text);
  } catch {
    return undefined;
  }
}
