import { randomBytes, webcrypto } from 'node:crypto';
// @peculiar/x509 registers its parts through decorators' metadata.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const tenYears = 3650 * 24 * 60 * 60 * 1000;

/** A key and a certificate in PEM that it has signed itself, for ten years. */
export async function selfSigned(
  names: readonly string[],
): Promise<{ certificate: string; key: string }> {
  x509.cryptoProvider.set(webcrypto);
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  const now = Date.now();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    // A leading zero bit keeps the serial number positive.
    serialNumber: `0${randomBytes(16).toString('hex').slice(1)}`,
    // The stack knows by it what was made for it. A name would have to fit into 64 characters, and browsers look elsewhere.
    name: [{ CN: ['Self-signed by create-jitsi-stack'] }],
    notBefore: new Date(now - 60 * 60 * 1000),
    notAfter: new Date(now + tenYears),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns', value }))),
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    ],
  });
  const der = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    certificate: `${certificate.toString('pem')}\n`,
    key: `${x509.PemConverter.encode(der, 'PRIVATE KEY')}\n`,
  };
}
