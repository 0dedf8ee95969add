import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A real slapd with two people and a group, over LDAP and LDAPS. */
export interface TestDirectory {
  readonly ldap: string;
  readonly ldaps: string;
  /** The authority that its certificate comes from. */
  readonly authority: string;
  readonly folder: string;
  /** It does not answer any more. */
  halt(): Promise<void>;
  stop(): Promise<void>;
}

export const base = 'dc=example,dc=org';
export const bindDn = `cn=jitsi,${base}`;
/** All that people put into passwords. */
export const bindPassword = `it's "$HOME" \\ #1 ü`;
export const group = `cn=meet (all),${base}`;

/**
 * @param address where it listens, and what its certificate names; loopback unless told
 * @param enter the words in front of a command that runs where this address is
 * @param more lines of its configuration, for the database
 */
export async function startDirectory(
  address = '127.0.0.1',
  enter: readonly string[] = [],
  more = '',
): Promise<TestDirectory> {
  const folder = mkdtempSync(join(tmpdir(), 'directory-'));
  mkdirSync(join(folder, 'db'));
  makeCertificate(folder, address);
  const [plain, tls] = [await freePort(), await freePort()];
  writeFileSync(join(folder, 'slapd.conf'), configuration(folder) + more);
  const urls = [`ldap://${address}:${plain}`, `ldaps://${address}:${tls}`] as const;
  const [command = '', ...words] = [...enter, 'slapd', '-d', '0', '-f', join(folder, 'slapd.conf')];
  const server = spawn(command, [...words, '-h', urls.join(' ')], { stdio: 'ignore' });
  const halt = async () => {
    server.kill('SIGKILL');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
  };
  const stop = async () => {
    await halt();
    rmSync(folder, { recursive: true, force: true });
  };
  writeFileSync(join(folder, 'password'), bindPassword);
  const as = ['-x', '-H', urls[0], '-D', bindDn, '-y', join(folder, 'password')];
  const [adding = '', ...add] = [...enter, 'ldapadd', ...as];
  for (let tries = 0; ; tries += 1) {
    try {
      execFileSync(adding, add, { input: entries, stdio: ['pipe', 'ignore', 'pipe'] });
      break;
    } catch (error) {
      if (tries > 50) {
        await stop();
        throw error;
      }
      await sleep(100);
    }
  }
  return { ldap: urls[0], ldaps: urls[1], authority: join(folder, 'ca.pem'), folder, halt, stop };
}

const configuration = (folder: string) => `
${['core', 'cosine', 'inetorgperson'].map((name) => `include /etc/ldap/schema/${name}.schema`).join('\n')}
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload memberof
TLSCACertificateFile ${folder}/ca.pem
TLSCertificateFile ${folder}/cert.pem
TLSCertificateKeyFile ${folder}/key.pem
database mdb
suffix ${base}
rootdn ${bindDn}
rootpw "${bindPassword.replace(/[\\"]/g, '\\$&')}"
directory ${folder}/db
overlay memberof
`;

const person = (name: string, password: string) => `dn: uid=${name},${base}
objectClass: inetOrgPerson
cn: ${name}
sn: ${name}
uid: ${name}
userPassword: ${password}
`;

const entries = [
  `dn: ${base}\nobjectClass: dcObject\nobjectClass: organization\ndc: example\no: example\n`,
  person('ada', 'lovelace'),
  person('bob', 'builder'),
  `dn: ${group}\nobjectClass: groupOfNames\ncn: meet (all)\nmember: uid=ada,${base}\n`,
].join('\n');

/** For the address, because libldap makes another name of “localhost”. */
function makeCertificate(folder: string, address: string): void {
  const openssl = (...words: string[]) =>
    execFileSync('openssl', words, { cwd: folder, stdio: 'ignore' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl('req', '-x509', ...key, '-subj', '/CN=test', '-keyout', 'ca.key', '-out', 'ca.pem');
  openssl('req', ...key, '-subj', '/CN=directory', '-keyout', 'key.pem', '-out', 'request.pem');
  writeFileSync(join(folder, 'names'), `subjectAltName=IP:${address}\n`);
  const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names'];
  openssl('x509', '-req', '-in', 'request.pem', ...by, '-out', 'cert.pem');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
