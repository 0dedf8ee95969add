import { X509Certificate } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import {
  checkServerIdentity,
  connect,
  createSecureContext,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
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

/**
 * Makes a TLS connection for a name; the reason in words where there is none.
 *
 * @param over a connection that is there already
 */
export function handshake(
  address: string,
  port: number,
  name: string,
  secureContext: SecureContext,
  over?: Socket,
): Promise<Shown | { readonly reason: string }> {
  return new Promise((settle) => {
    const way = over ? { socket: over } : { host: address, port };
    // An address is no name to ask for.
    const options = { ...way, ...(!isIP(name) && { servername: name }), secureContext };
    const socket = connect({ ...options, rejectUnauthorized: false });
    const end = (answer: Shown | { readonly reason: string }) => {
      clearTimeout(late);
      settle(answer);
      socket.destroy();
    };
    const late = setTimeout(
      () => end({ reason: `no answer within ${patience / 1000} seconds` }),
      patience,
    );
    socket.on('error', (error) => end({ reason: reasonOf(error, patience) }));
    socket.on('close', () => end({ reason: 'the connection is cut' }));
    socket.once('secureConnect', () => {
      try {
        end(shownBy(socket, name));
      } catch {
        end({ reason: 'its certificate cannot be read' });
      }
    });
  });
}

/** @throws what Node says about a certificate that is none */
function shownBy(socket: TLSSocket, name: string): Shown {
  const peer = socket.getPeerCertificate();
  // Names are judged here by themselves: OpenSSL stops at the first thing that it dislikes.
  const misnamed = checkServerIdentity(name, peer) !== undefined;
  const code = String(socket.authorizationError ?? '');
  const untrusted = /^(|ERR_TLS_CERT_ALTNAME_INVALID|CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/.test(
    code,
  )
    ? undefined
    : code;
  return {
    certificate: new X509Certificate(peer.raw),
    misnamed,
    ...(untrusted !== undefined && { untrusted }),
  };
}

/** Whom to believe about certificates. Making it takes longer than a handshake, so one serves all. */
export function trust(authorities: readonly string[]): SecureContext {
  return createSecureContext({ ca: [...authorities] });
}

/** A key that Node does not know signs nothing that could be seen here. */
export function isSelfSigned(certificate: X509Certificate): boolean {
  try {
    return certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey);
  } catch {
    return false;
  }
}

/** The first certificate of a file in PEM; undefined when there is none in it. */
export function readCertificate(text: string | undefined): X509Certificate | undefined {
  try {
    return text === undefined ? undefined : new X509Certificate(text);
  } catch {
    return undefined;
  }
}
