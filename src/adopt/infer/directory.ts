import type { Stated } from '../evidence.ts';
import type { Findings } from '../findings.ts';
import { switched, type Variables } from '../variables.ts';

/** Where the directory is, how it is spoken to, and who in it may sign in. */
export function inferDirectory(variables: Variables, findings: Findings): void {
  const get = (name: string) => variables.at('prosody', name) ?? variables.get(name);
  const answer = (name: string, value: unknown, from: Stated) =>
    findings.answer(`auth.${name}`, value, `${from.evidence.key ?? name} says so`, from.evidence);
  const url = get('LDAP_URL');
  if (url) {
    const servers = url.value.split(/[\s,]+/).map((one) => one.replace(/^ldaps?:\/\/|\/.*$/g, ''));
    answer('servers', servers.join(' '), url);
    const plain = switched(get('LDAP_START_TLS')) === 'on' ? 'starttls' : 'none';
    answer('encryption', url.value.startsWith('ldaps:') ? 'ldaps' : plain, url);
  }
  const authority = get('LDAP_TLS_CACERT_FILE');
  if (authority && !authority.value.startsWith('/etc/ssl/')) {
    answer('ownAuthority', true, authority);
    findings.notes.push(
      `The authority of the directory (${authority.value} in prosody’s container) belongs in jitsi/prosody/ldap-ca.pem now.`,
    );
  }
  for (const [name, variable] of [
    ['base', 'LDAP_BASE'],
    ['bindDn', 'LDAP_BINDDN'],
  ] as const) {
    const stated = get(variable);
    if (stated) answer(name, stated.value, stated);
  }
  const filter = get('LDAP_FILTER');
  if (filter) {
    const known = /^\(?(uid|sAMAccountName)=%[uU]\)?$/.exec(filter.value)?.[1];
    answer('people', known ?? 'filter', filter);
    if (!known) answer('filter', filter.value, filter);
  }
  const method = get('LDAP_AUTH_METHOD');
  if (method && method.value !== 'bind')
    findings.undecided.push({
      answer: 'auth.bindDn',
      what: `LDAP_AUTH_METHOD is ${method.value}, which no stack offers: it searches with an account, or without one.`,
    });
}
