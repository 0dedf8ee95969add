import { randomBytes, webcrypto } from 'node:crypto';
import { chown, mkdir, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StackError } from '../errors.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const tenYears = 3650 * 24 * 60 * 60 * 1000;

/**
 * Puts a self-signed pair into `certs/` when there is none, so that the edge can start before the real one is there.
 *
 * @param names what it is valid for; the first one is its common name
 * @returns whether it was made
 * @throws StackError when only one of the two files is there
 */
export async function ensureCertificate(
  directory: string,
  names: readonly string[],
): Promise<boolean> {
  const certs = join(directory, 'certs');
  const [chain, key] = [join(certs, 'fullchain.pem'), join(certs, 'privkey.pem')];
  const [hasChain, hasKey] = await Promise.all([exists(chain), exists(key)]);
  if (hasChain && hasKey) return false;
  if (hasChain || hasKey) {
    throw new StackError({
      where: 'certs/',
      what: `There is ${hasChain ? 'fullchain.pem' : 'privkey.pem'}, but not ${hasChain ? 'privkey.pem' : 'fullchain.pem'}.`,
      fix: 'Put the missing one beside it, or move the other one away.',
    });
  }
  await mkdir(certs, { recursive: true });
  const pair = await selfSigned(names);
  // The key first: whoever sees the certificate finds its key.
  await writeOnce(key, pair.key, 0o640);
  await writeOnce(chain, pair.certificate, 0o644);
  return true;
}

async function selfSigned(names: readonly string[]) {
  // Loading it takes longer than making the pair, and a stack needs one once.
  const x509 = await import('@peculiar/x509');
  x509.cryptoProvider.set(webcrypto);
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  const now = Date.now();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    // A leading zero bit keeps the serial number positive.
    serialNumber: `0${randomBytes(16).toString('hex').slice(1)}`,
    name: [{ CN: [names[0]?.slice(0, 64) ?? 'localhost'] }],
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

/** Containers run as uid 1000; root hands the files over, anybody else leaves that to the first start. */
async function writeOnce(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
  if (process.getuid?.() === 0) await chown(path, 1000, 1000);
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
