import { webcrypto } from 'node:crypto';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto);
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const day = 86_400_000;

export interface Pair {
  readonly cert: string;
  readonly key: string;
}

export interface Wishes {
  /** Days from now. */
  readonly starts?: number;
  readonly ends?: number;
}

/** An authority that only those know who are given its certificate. */
export class Authority {
  readonly #keys: webcrypto.CryptoKeyPair;
  readonly #certificate: x509.X509Certificate;

  private constructor(keys: webcrypto.CryptoKeyPair, certificate: x509.X509Certificate) {
    this.#keys = keys;
    this.#certificate = certificate;
  }

  static async found(): Promise<Authority> {
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      name: 'CN=Authority of a test',
      notBefore: new Date(Date.now() - 400 * day),
      notAfter: new Date(Date.now() + 400 * day),
      signingAlgorithm: algorithm,
      keys,
      extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
    });
    return new Authority(keys, certificate);
  }

  get pem(): string {
    return this.#certificate.toString('pem');
  }

  async issue(names: readonly string[], { starts = -1, ends = 80 }: Wishes = {}): Promise<Pair> {
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      subject: `CN=${names[0]}`,
      issuer: this.#certificate.subject,
      notBefore: new Date(Date.now() + starts * day),
      notAfter: new Date(Date.now() + ends * day),
      signingKey: this.#keys.privateKey,
      publicKey: keys.publicKey,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns', value }))),
      ],
    });
    const der = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
    return {
      cert: certificate.toString('pem'),
      key: x509.PemConverter.encode(der, 'PRIVATE KEY'),
    };
  }
}

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  const usages = ['sign', 'verify'] as const;
  return (await webcrypto.subtle.generateKey(algorithm, true, [
    ...usages,
  ])) as webcrypto.CryptoKeyPair;
}
