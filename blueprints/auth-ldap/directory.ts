import type { Environment, Outside } from '../../src/blueprint.ts';

/** Where prosody finds the certificate of an authority of the owner's, and where it lies in the stack. */
const ownAuthorityFile = { container: '/config/ldap-ca.pem', stack: 'jitsi/prosody/ldap-ca.pem' };

/** The name of the searching account's password. */
export const bindPassword = 'LDAP_BINDPW';

/** The answers about the directory. */
export interface Directory {
  readonly servers: string;
  readonly encryption: string;
  readonly ownAuthority: boolean;
  readonly base: string;
  readonly bindDn?: string | undefined;
  readonly people: string;
  readonly suffix?: string | undefined;
  readonly filter?: string | undefined;
  readonly group?: string | undefined;
  readonly nested: boolean;
}

export function serversOf({ servers }: Pick<Directory, 'servers'>): readonly string[] {
  return servers.split(/[\s,]+/).filter((name) => name !== '');
}

/**
 * The filter that finds one person. In the directory’s own words (RFC 4515): what a name of a group holds is escaped; `%u` is
 * escaped by the one who puts the name there.
 */
export function filterOf({ people, suffix, filter, group, nested }: Directory): string {
  const own = people === 'filter' ? (filter ?? '') : `${people}=%u${suffix ? `@${suffix}` : ''}`;
  const person = own.startsWith('(') ? own : `(${own})`;
  if (!group) return person;
  const rule = nested ? ':1.2.840.113556.1.4.1941:' : '';
  const name = group.replace(
    /[\\*()]/g,
    (one) => `\\${one.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `(&${person}(memberOf${rule}=${name}))`;
}

/**
 * Variables of prosody. The three switches belong together: without LDAP_USE_TLS nothing looks at a certificate, without
 * LDAP_TLS_CHECK_PEER any is good, and neither of them encrypts by itself.
 */
export function directoryVariables(own: Directory): Environment {
  const { encryption, ownAuthority, base, bindDn } = own;
  const scheme = encryption === 'ldaps' ? 'ldaps' : 'ldap';
  return {
    LDAP_URL: serversOf(own)
      .map((server) => `${scheme}://${server}`)
      .join(' '),
    LDAP_BASE: base,
    LDAP_FILTER: filterOf(own),
    LDAP_VERSION: 3,
    LDAP_USE_TLS: encryption !== 'none',
    LDAP_START_TLS: encryption === 'starttls',
    LDAP_TLS_CHECK_PEER: encryption !== 'none',
    ...(ownAuthority && { LDAP_TLS_CACERT_FILE: ownAuthorityFile.container }),
    ...(bindDn && { LDAP_BINDDN: bindDn, LDAP_BINDPW: { secret: bindPassword } }),
  };
}

/** The servers, so that they can be tried before anything is written. */
export function askedServers(own: Directory): readonly Outside[] {
  return serversOf(own).map((server) => ({
    kind: 'directory',
    server,
    encryption: own.encryption as 'ldaps' | 'starttls' | 'none',
    ...(own.ownAuthority && { authority: ownAuthorityFile.stack }),
    ...(own.bindDn && { account: { name: own.bindDn, secret: bindPassword } }),
    base: own.base,
    filter: filterOf(own),
  }));
}
