import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { unpackedProgram } from './packages.ts';
import { run, until } from './process.ts';
import { addresses } from './world/addresses.ts';
import { type Namespace, start } from './world/namespace.ts';

/** A certificate authority with a private key, in two files. */
export interface Issuer {
  readonly certificate: string;
  readonly key: string;
}

export const acmeHost = 'acme.example.org';
export const acmeDirectory = `https://${acmeHost}:14000/dir`;

/** A small authority of the lab's own: for the ACME server's address, and for certificates that an owner brings. */
export async function createIssuer(directory: string): Promise<Issuer> {
  const issuer = {
    certificate: path.join(directory, 'ca.pem'),
    key: path.join(directory, 'ca.key'),
  };
  await openssl(['req', '-x509', '-nodes', '-days', '30', '-subj', '/CN=Lab authority'], issuer);
  return issuer;
}

/** A pair for these names, signed by the issuer: NAME.pem (with the issuer's certificate behind it) and NAME.key. */
export async function issue(
  issuer: Issuer,
  directory: string,
  name: string,
  names: readonly string[],
): Promise<Issuer> {
  const files = {
    certificate: path.join(directory, `${name}.pem`),
    key: path.join(directory, `${name}.key`),
  };
  const alternatives = `subjectAltName=${names.map((host) => `DNS:${host}`).join(',')}`;
  const signed = ['-CA', issuer.certificate, '-CAkey', issuer.key, '-days', '20'];
  const subject = ['req', '-x509', '-nodes', '-subj', `/CN=${names[0]}`, '-addext', alternatives];
  await openssl([...subject, '-addext', 'basicConstraints=critical,CA:FALSE', ...signed], files);
  return files;
}

async function openssl(words: readonly string[], to: Issuer): Promise<void> {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  await run('openssl', [...words, ...key, '-out', to.certificate, '-keyout', to.key]);
}

/** A running ACME server. */
export interface AcmeServer {
  /** The certificate of the root that it issues from; a new one at each start. */
  readonly root: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts Pebble, the ACME server that Let's Encrypt tests clients with, and its name server, which answers every name
 * with the server's addresses. Certificates are valid for ten days, so every renewal is due.
 */
export async function startAcmeServer(
  at: Namespace,
  issuer: Issuer,
  directory: string,
  server: readonly string[],
): Promise<AcmeServer> {
  const programs = await unpackedProgram('pebble');
  const own = await issue(issuer, directory, 'acme', [acmeHost]);
  const config = path.join(directory, 'pebble.json');
  // Its older and its newer way to say how long.
  const validity = 864_000;
  const pebble = {
    listenAddress: '0.0.0.0:14000',
    managementListenAddress: '127.0.0.1:15000',
    certificate: own.certificate,
    privateKey: own.key,
    httpPort: 80,
    tlsPort: 443,
    certificateValidityPeriod: validity,
    profiles: { default: { description: 'ten days', validityPeriod: validity } },
  };
  writeFileSync(config, JSON.stringify({ pebble }));
  const four = server.find((address) => !address.includes(':')) ?? '';
  const six = server.find((address) => address.includes(':')) ?? '';
  const names = start(at, [
    path.join(programs, 'pebble-challtestsrv'),
    ...[
      '-defaultIPv4',
      four,
      '-defaultIPv6',
      six,
      '-dns01',
      ':8053',
      '-management',
      '127.0.0.1:8055',
    ],
    ...['-http01', '', '-https01', '', '-tlsalpn01', '', '-doh', ''],
  ]);
  const authority = start(
    at,
    [path.join(programs, 'pebble'), '-config', config, '-dnsserver', '127.0.0.1:8053'],
    { ...process.env, PEBBLE_VA_NOSLEEP: '1' },
  );
  const stop = async () => {
    await names.stop();
    await authority.stop();
  };
  try {
    let root = '';
    await until('Pebble answers', 20, async () => {
      const url = 'https://127.0.0.1:15000/roots/0';
      const answer = await at.attempt(['curl', '-sfk', '-m', '2', url]);
      root = answer.stdout;
      return answer.code === 0;
    });
    return { root, stop };
  } catch (error) {
    await stop();
    throw new Error(`${String(error)}\n${authority.said()}`);
  }
}

/** Tells the name server that the authority asks where the server is now, as somebody does who changes records. */
export async function announce(at: Namespace, server: readonly string[]): Promise<void> {
  const four = server.find((address) => !address.includes(':')) ?? '';
  const six = server.find((address) => address.includes(':')) ?? '';
  for (const [family, ip] of [
    ['ipv4', four],
    ['ipv6', six],
  ]) {
    const url = `http://127.0.0.1:8055/set-default-${family}`;
    await at.run(['curl', '-sSf', '-m', '5', '-d', JSON.stringify({ ip }), url]);
  }
}

/** Where the containers find it: the address of the server's own router. */
export const acmeAddress = addresses.hub.client[0];
