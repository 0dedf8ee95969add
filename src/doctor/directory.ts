import { join } from 'node:path';
import type { Outside } from '../plan/plan.ts';
import { readableText } from '../readable-text.ts';
import { tryEntries } from './directory-entries.ts';
import { handshake, type Shown, trust } from './handshake.ts';
import { startTls } from './start-tls.ts';
import type { Tried } from './tried.ts';
import { unreached } from './unreached.ts';

type Directory = Extract<Outside, { readonly kind: 'directory' }>;

/**
 * Tries a directory as prosody will ask it: the way there, its certificate, the account that searches, the entry below which people
 * are, and whether the filter finds anybody. The first thing that is wrong; undefined where nothing is.
 *
 * @param folder the stack's, for an authority that its owner has brought
 * @param authorities whom this machine believes, in PEM
 * @param password of the account that searches; without it, what only that account is told is not tried
 */
export async function tryDirectory(
  asked: Directory,
  folder: string,
  authorities: readonly string[],
  password: string | undefined,
): Promise<Tried | undefined> {
  const { server, encryption, authority } = asked;
  const { hostname, port } = new URL(`ldap://${server}`);
  const name = hostname.replace(/^\[|\]$/g, '');
  const own = authority && readableText(join(folder, authority));
  const context = trust(own ? [own] : authorities);
  const at = Number(port) || (encryption === 'ldaps' ? 636 : 389);
  const shown =
    encryption === 'ldaps'
      ? await handshake(name, at, name, context)
      : await startTls(name, at, encryption === 'starttls' ? context : undefined);
  if ('reason' in shown)
    return {
      text: `The directory ${name} cannot be reached from here at port ${at}: ${shown.reason}. ${unreached}`,
    };
  if ('certificate' in shown) {
    // An authority that is still to be brought says nothing yet.
    if (authority && !own) return undefined;
    const wrong = distrust(shown, name, at, Boolean(own));
    if (wrong) return { text: wrong };
  }
  if (asked.account !== undefined && password === undefined) return undefined;
  return tryEntries(asked, { name, hostname, port: at, context }, password);
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
