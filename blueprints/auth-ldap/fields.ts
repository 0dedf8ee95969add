import type { Fields, Known } from '../../src/blueprint.ts';

const asksBy = (...names: readonly string[]) => {
  return ({ auth }: Known) => !names.includes(Object(auth).people ?? 'uid');
};

/** Where the directory is, how it is spoken to, and who in it may sign in. */
export const directoryFields = {
  servers: {
    kind: 'text',
    question: 'Which servers does your directory run on?',
    description: 'servers of the directory, such as dc1.example.org; a second one after a blank',
  },
  encryption: {
    kind: 'choice',
    question: 'How is the connection to it encrypted?',
    description: 'how the way to the directory is encrypted',
    default: 'ldaps',
    options: [
      { value: 'ldaps', label: 'TLS from the start (ldaps, port 636)', hint: 'what most have' },
      { value: 'starttls', label: 'StartTLS (port 389)', hint: 'plain first, then TLS' },
      {
        value: 'none',
        label: 'Not at all',
        hint: 'everybody on the way reads the passwords; for a directory on this server only',
      },
    ],
  },
  ownAuthority: {
    kind: 'boolean',
    question: 'Is its certificate signed by your own authority?',
    description:
      'the certificate of the directory comes from an authority of your own: jitsi/prosody/ldap-ca.pem',
    default: false,
    advanced: ({ auth }) => Object(auth).encryption === 'none',
  },
  base: {
    kind: 'text',
    question: 'Which entry are the people under?',
    description: 'where people are searched, such as ou=people,dc=example,dc=org',
  },
  bindDn: {
    kind: 'text',
    question: 'Which account may search it?',
    description:
      'the account that searches, such as cn=jitsi,ou=services,dc=example,dc=org; empty asks without one',
    optional: true,
  },
  people: {
    kind: 'choice',
    question: 'What do people sign in with?',
    description: 'what people sign in with',
    default: 'uid',
    options: [
      { value: 'uid', label: 'Their uid', hint: 'OpenLDAP, FreeIPA and the like' },
      {
        value: 'sAMAccountName',
        label: 'Their Windows logon name',
        hint: 'Active Directory, sAMAccountName: ada',
      },
      {
        value: 'userPrincipalName',
        label: 'The first part of their principal name',
        hint: 'Active Directory, userPrincipalName: ada of ada@example.org',
      },
      { value: 'filter', label: 'Something else', hint: 'a filter of your own, with %u in it' },
    ],
  },
  suffix: {
    kind: 'hostname',
    question: 'What comes after the @ in their principal names?',
    description: 'what follows the @ in principal names (UPN)',
    optional: true,
    advanced: asksBy('userPrincipalName'),
  },
  filter: {
    kind: 'text',
    question: 'Which filter finds a person? (%u is the name)',
    description:
      'the filter that finds somebody; %u in it is the name, such as (mail=%u@example.org)',
    optional: true,
    advanced: asksBy('filter'),
  },
  group: {
    kind: 'text',
    question: 'Which group must people be in?',
    description:
      'only members of this group sign in, such as cn=meet,ou=groups,dc=example,dc=org; empty for everybody',
    optional: true,
  },
  nested: {
    kind: 'boolean',
    question: 'Do members of groups inside that group count too? (Active Directory)',
    description: 'members of groups in that group count too (Active Directory)',
    default: false,
    advanced: ({ auth }) => !Object(auth).group || Object(auth).people === 'uid',
  },
} as const satisfies Fields;
