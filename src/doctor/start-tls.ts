import { connect } from 'node:net';
import type { SecureContext } from 'node:tls';
import { handshake, type Shown } from './handshake.ts';
import { reasonOf } from './http.ts';

/** Milliseconds until the directory has agreed to TLS. */
const patience = 4000;

/** An extended request with StartTLS’s name (RFC 4511, sections 4.12 and 4.14), in BER. */
const request = Buffer.concat([
  Buffer.from([0x30, 0x1d, 0x02, 0x01, 0x01, 0x77, 0x18, 0x80, 0x16]),
  Buffer.from('1.3.6.1.4.1.1466.20037'),
]);

/**
 * Reaches a directory without TLS and changes to it; the reason in words where that fails.
 *
 * @param context whom to believe about its certificate; without it the connection is all that is tried
 */
export function startTls(
  name: string,
  port: number,
  context: SecureContext | undefined,
): Promise<Shown | { readonly reached: true } | { readonly reason: string }> {
  return new Promise((settle) => {
    const socket = connect({ host: name, port });
    const end = (answer: { readonly reached: true } | { readonly reason: string }) => {
      settle(answer);
      socket.destroy();
    };
    socket.setTimeout(patience, () =>
      end({ reason: `no answer within ${patience / 1000} seconds` }),
    );
    socket.on('error', (error) => end({ reason: reasonOf(error, patience) }));
    socket.once('connect', () => {
      if (!context) return end({ reached: true });
      socket.write(request);
    });
    socket.once('data', (answer: Buffer) => {
      // The first enumerated value is the result; 0 is success.
      const at = answer.indexOf(Buffer.from([0x0a, 0x01]));
      if (!context || at < 0 || answer[at + 2] !== 0)
        return end({ reason: 'it does not change to TLS (StartTLS)' });
      socket.setTimeout(0);
      settle(handshake(name, port, name, context, socket));
    });
  });
}
