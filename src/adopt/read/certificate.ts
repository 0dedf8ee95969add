import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate with its key, as files of the old installation. */
export interface Pair {
  readonly chain: string;
  readonly key: string;
  readonly selfSigned: boolean;
  readonly names: readonly string[];
  readonly validTo: Date;
}

const keyNames = ['privkey.pem', 'private.key', 'key.pem', 'cert.key', 'server.key', 'tls.key'];
const chainNames = [
  'fullchain.pem',
  'fullchain.cer',
  'cert.crt',
  'cert.pem',
  'server.crt',
  'tls.crt',
];

/** The pair in a directory whose key fits its certificate; `denied` where it may not be looked at. */
export function findPair(directory: string): Pair | 'denied' | undefined {
  let denied = false;
  const read = (name: string): string | undefined => {
    const path = join(directory, name);
    try {
      return statSync(path).isFile() ? readFileSync(path, 'utf8') : undefined;
    } catch (error) {
      denied ||= ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
      return undefined;
    }
  };
  for (const chain of chainNames) {
    const certificate = parse(read(chain));
    if (!certificate) continue;
    const key = keyNames.find((name) => fits(certificate, read(name)));
    if (key === undefined) continue;
    return {
      chain: join(directory, chain),
      key: join(directory, key),
      selfSigned: certificate.issuer === certificate.subject,
      names: (certificate.subjectAltName ?? '').match(/(?<=DNS:)[^,\s]+/g) ?? [],
      validTo: new Date(certificate.validTo),
    };
  }
  return denied ? 'denied' : undefined;
}

function parse(text: string | undefined): X509Certificate | undefined {
  try {
    return text?.includes('BEGIN CERTIFICATE') ? new X509Certificate(text) : undefined;
  } catch {
    return undefined;
  }
}

function fits(certificate: X509Certificate, key: string | undefined): boolean {
  try {
    return key !== undefined && certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}
