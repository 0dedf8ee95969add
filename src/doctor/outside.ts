import { join } from 'node:path';
import type { Outside, Plan } from '../plan/plan.ts';
import { readableText } from '../readable-text.ts';
import { systemAuthorities } from './authorities.ts';
import { handshake, type Shown, trust } from './handshake.ts';
import { startTls } from './start-tls.ts';

type Directory = Extract<Outside, { readonly kind: 'directory' }>;
/** Milliseconds for the keys of a sign-in service. */
const patience = 5000;

const elsewhere =
  'If the stack will run on another computer, it may get there all the same; if not, check the name, the port and the firewalls in between.';

/**
 * Tries from here the servers that a stack asks, before it is written: in sentences, what is wrong with them. That nothing is
 * says nothing about passwords and filters.
 *
 * @param directory the stack's, for an authority that its owner has brought
 */
export async function tryOutside(
  asks: NonNullable<Plan['asks']>,
  directory: string,
  authorities: readonly string[] = systemAuthorities(),
): Promise<readonly string[]> {
  const tried = asks.map((one) =>
    one.kind === 'keys' ? tryKeys(one.url) : tryDirectory(one, directory, authorities),
  );
  return (await Promise.all(tried)).filter((said) => said !== undefined);
}

async function tryDirectory(
  { server, encryption, authority }: Directory,
  directory: string,
  authorities: readonly string[],
): Promise<string | undefined> {
  const { hostname, port } = new URL(`ldap://${server}`);
  const name = hostname.replace(/^\[|\]$/g, '');
  const own = authority && readableText(join(directory, authority));
  const context = trust(own ? [own] : authorities);
  const at = Number(port) || (encryption === 'ldaps' ? 636 : 389);
  const shown =
    encryption === 'ldaps'
      ? await handshake(name, at, name, context)
      : await startTls(name, at, encryption === 'starttls' ? context : undefined);
  if ('reason' in shown)
    return `The directory ${name} cannot be reached from here at port ${at}: ${shown.reason}. ${elsewhere}`;
  if (!('certificate' in shown)) return undefined;
  // An authority that is still to be brought says nothing yet.
  return authority && !own ? undefined : distrust(shown, name, at, Boolean(own));
}

/** Why prosody would not believe the certificate. */
function distrust(
  { certificate, untrusted, misnamed }: Shown,
  name: string,
  port: number,
  own: boolean,
): string | undefined {
  const its = `The certificate of the directory ${name}, port ${port},`;
  const effect = 'Nobody could sign in.';
  if (untrusted)
    return `${its} comes from an authority that is not ${own ? 'in jitsi/prosody/ldap-ca.pem' : 'known here'} (${untrusted}). ${effect} ${own ? 'Put the right one there.' : 'Is it an authority of your own? Choose --auth-own-authority.'}`;
  if (misnamed)
    return `${its} is for other names (${certificate.subjectAltName ?? certificate.subject}). ${effect} Give one of those: --auth-servers.`;
  const end = new Date(certificate.validTo);
  return end.getTime() < Date.now()
    ? `${its} has run out on ${certificate.validTo}. ${effect}`
    : undefined;
}

async function tryKeys(url: string): Promise<string | undefined> {
  const its = `The keys at ${url}`;
  let text: string;
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(patience) });
    if (!answer.ok)
      return `${its}: it answers ${answer.status}. Give the address of the JWKS: --auth-keys-url.`;
    text = await answer.text();
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string } };
    return `${its} cannot be fetched from here (${cause?.code ?? message}). ${elsewhere}`;
  }
  const keys = keysIn(text);
  if (keys === undefined)
    return `What stands at ${url} is no JWKS. Give its address: --auth-keys-url.`;
  return keys.some(isUsable)
    ? undefined
    : `None of the ${keys.length} keys at ${url} can be used: Jitsi takes RS256 only, so nobody’s token would be good. Have the service sign with RS256.`;
}

function keysIn(text: string): readonly unknown[] | undefined {
  try {
    const { keys } = JSON.parse(text);
    return Array.isArray(keys) ? keys : undefined;
  } catch {
    return undefined;
  }
}

/** RFC 7517: what a key is for, and with which algorithm, may be left out. */
function isUsable(key: unknown): boolean {
  const { kty, use = 'sig', alg = 'RS256', kid } = Object(key);
  return kty === 'RSA' && use === 'sig' && alg === 'RS256' && typeof kid === 'string';
}
