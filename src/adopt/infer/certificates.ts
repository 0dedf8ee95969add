import { join, resolve } from 'node:path';
import type { Findings } from '../findings.ts';
import type { Installation } from '../installation.ts';
import { findPair, type Pair } from '../read/certificate.ts';
import { nameOf } from '../read/text.ts';
import { switched, type Variables } from '../variables.ts';

const letsencrypt = 'https://acme-v02.api.letsencrypt.org/directory';
const staging = 'https://acme-staging-v02.api.letsencrypt.org/directory';

/** Where the certificate comes from, and the pair that is in use. */
export function inferCertificates(
  installation: Installation,
  variables: Variables,
  domain: string | undefined,
  findings: Findings,
): Pair | 'denied' | undefined {
  findings.use(
    'certificates',
    'LETSENCRYPT_DOMAIN',
    'LETSENCRYPT_EMAIL',
    'LETSENCRYPT_USE_STAGING',
  );
  findings.use('certificates', 'ENABLE_LETSENCRYPT', 'LETSENCRYPT_ACME_SERVER');
  // A certificate for the meeting site needs no second word.
  if (variables.get('LETSENCRYPT_DOMAIN')?.value === domain)
    findings.used.set('LETSENCRYPT_DOMAIN', undefined);
  const { directory } = installation;
  const pair = findIn(folders(installation, variables, domain));
  const external = findings.inferred.some(
    ({ answer, value }) => answer === 'edge.proxy' && value === 'external',
  );
  const acme = variables.get('ENABLE_LETSENCRYPT');
  if (acme && switched(acme) === 'on' && !external) {
    findings.answer('certificates.source', 'acme', 'ENABLE_LETSENCRYPT is on', acme.evidence);
    inferAuthority(variables, findings);
  } else if (pair !== undefined && pair !== 'denied' && !pair.selfSigned) {
    const file = nameOf(pair.chain, directory);
    findings.answer('certificates.source', 'own', 'it has a certificate of its own', { file });
  } else if (external) {
    findings.answer('certificates.source', 'own', 'your proxy has the page’s certificate');
  } else if (pair !== undefined && pair !== 'denied') {
    const file = nameOf(pair.chain, directory);
    const why = 'its certificate is self-signed';
    findings.answer('certificates.source', 'self-signed', why, { file });
  }
  return pair;
}

function inferAuthority(variables: Variables, findings: Findings): void {
  const email = variables.get('LETSENCRYPT_EMAIL');
  if (email)
    findings.answer('certificates.email', email.value, 'LETSENCRYPT_EMAIL', email.evidence);
  const test = variables.get('LETSENCRYPT_USE_STAGING');
  const server = variables.get('LETSENCRYPT_ACME_SERVER');
  const answer = (url: string, why: string, from: typeof server) =>
    from && findings.answer('certificates.directory', url, why, from.evidence);
  if (test && switched(test) === 'on') {
    answer(staging, 'LETSENCRYPT_USE_STAGING is on', test);
  } else if (server && /^https:\/\//.test(server.value)) {
    answer(server.value, 'LETSENCRYPT_ACME_SERVER', server);
  } else if (server && /^letsencrypt$/i.test(server.value)) {
    answer(letsencrypt, 'LETSENCRYPT_ACME_SERVER is letsencrypt', server);
  } else if (server) {
    findings.noPlace(
      'LETSENCRYPT_ACME_SERVER',
      server,
      'This is a short name of acme.sh; give the authority’s directory with --certificates-directory. Otherwise Let’s Encrypt is used.',
    );
  } else {
    findings.notes.push(
      'The old installation asks acme.sh’s default authority (ZeroSSL); the stack asks Let’s Encrypt, unless --certificates-directory says otherwise.',
    );
  }
}

/** Where pairs lie: in the mounts of web and of the installation's proxy. */
function folders(
  { directory, services, places }: Installation,
  variables: Variables,
  domain: string | undefined,
): string[] {
  const name = variables.get('LETSENCRYPT_DOMAIN')?.value ?? domain;
  const inWeb = ['/storage', '/config'].flatMap((root) => [
    ...(name !== undefined && /^[\w.-]+$/.test(name) ? [`${root}/acme-certs/${name}`] : []),
    `${root}/keys`,
  ]);
  const ofWeb = inWeb.flatMap((target) => {
    const place = places.of('web', target);
    return place && 'path' in place ? [place.path] : [];
  });
  const ofProxy = (['nginx', 'haproxy', 'coturn'] as const)
    .flatMap((role) => services.get(role)?.mounts ?? [])
    .filter(({ named }) => !named)
    .flatMap(({ source }) => {
      const path = resolve(directory, source);
      return [path, join(path, '..')];
    });
  return [
    ...new Set([...ofWeb, ...ofProxy, join(directory, 'certs'), join(directory, 'nginx/certs')]),
  ];
}

function findIn(candidates: readonly string[]): Pair | 'denied' | undefined {
  const found = candidates.map(findPair).filter((pair) => pair !== undefined);
  const pairs = found.filter((pair) => pair !== 'denied');
  const latest = [...pairs].sort((a, b) => b.validTo.getTime() - a.validTo.getTime());
  return latest.find(({ selfSigned }) => !selfSigned) ?? latest[0] ?? found[0];
}
