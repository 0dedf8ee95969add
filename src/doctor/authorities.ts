import { rootCertificates } from 'node:tls';
import { readableText } from '../readable-text.ts';

/** Where systems keep the authorities that they trust: Debian, Fedora, SUSE, macOS and the BSDs. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/**
 * The authorities that this machine trusts, in PEM: those that Node brings, the system's, which a company adds its own
 * to, and those of the variables that OpenSSL and Node read.
 */
export function systemAuthorities(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): readonly string[] {
  const { SSL_CERT_FILE, NODE_EXTRA_CA_CERTS } = environment;
  const system = (SSL_CERT_FILE ? [SSL_CERT_FILE] : bundles)
    .map(readableText)
    .find((text) => text !== undefined);
  const extra = NODE_EXTRA_CA_CERTS ? readableText(NODE_EXTRA_CA_CERTS) : undefined;
  return [...rootCertificates, ...[system, extra].filter((text) => text !== undefined)];
}
