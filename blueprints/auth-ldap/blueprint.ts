import {
  accessContribution,
  accessProblems,
  defineBlueprint,
  guestsField,
  moderatorsField,
  type SigningIn,
} from '../../src/blueprint.ts';
import { askedServers, bindPassword, directoryVariables } from './directory.ts';
import { directoryFields } from './fields.ts';
import { directoryProblems } from './problems.ts';

const people: SigningIn = {
  signIn: 'password',
  opens: 'People in your directory can open rooms, with their usual password.',
  leaves: 'The directory is not asked any more; LDAP_BINDPW may go from .env.',
  type: 'ldap',
};

/** People of a directory (LDAP, Active Directory). */
export const authLdap = defineBlueprint({
  id: 'auth-ldap',
  title: 'People of a directory',
  order: 60,
  offer: {
    section: 'auth',
    value: 'ldap',
    label: 'People in our directory (LDAP, Active Directory)',
    hint: 'they sign in with their usual password; strangers cannot open rooms',
    order: 2,
  },
  fields: {
    ...directoryFields,
    guests: guestsField('password'),
    moderators: moderatorsField('password'),
  },
  check: ({ own }) => [...directoryProblems(own), ...accessProblems(people, own)],
  contribute({ answers, own }) {
    const { environment = {}, ...access } = accessContribution(people, own, answers);
    return {
      ...access,
      asks: askedServers(own),
      environment: {
        ...environment,
        prosody: { ...environment.prosody, ...directoryVariables(own) },
      },
      ...(own.bindDn && {
        secrets: [
          { name: bindPassword, about: `the password of ${own.bindDn}`, given: true as const },
        ],
      }),
      steps: [
        ...(own.bindDn
          ? [
              {
                phase: 'before' as const,
                title: 'Enter the password that searches the directory',
                detail: `It is asked for and goes into .env, whatever characters it has: that of ${own.bindDn}.`,
                command: `./stack secret ${bindPassword}`,
                secret: bindPassword,
              },
            ]
          : []),
        ...(own.ownAuthority
          ? [
              {
                phase: 'before' as const,
                title: 'Bring the certificate of your authority',
                detail:
                  'Put it in jitsi/prosody/ldap-ca.pem, as PEM; without it no directory is believed.',
              },
            ]
          : []),
        {
          phase: 'after',
          title: 'Try the directory',
          detail:
            'It is asked as Jitsi asks it, and what is wrong is named: the way there, the certificate, the password that searches, the filter, or yours.',
          command: './stack ldap-test NAME',
        },
      ],
      notes:
        own.encryption === 'none'
          ? [
              {
                level: 'warning' as const,
                text: 'Passwords go to the directory as they are: everybody on the way can read them. Choose --auth-encryption ldaps as soon as it has a certificate.',
              },
            ]
          : [],
      troubles: [
        {
          symptom: '“Incorrect username or password”, though both are right.',
          cause:
            'Jitsi says that for everything: a directory that cannot be reached, a certificate that it does not believe, a filter that finds nobody. A name with an @ in it never works.',
          fix: '`./stack ldap-test NAME` says which it is.',
        },
        {
          symptom: 'Somebody who was removed from the directory can still sign in.',
          cause:
            'Right passwords are remembered for eight hours, and whoever has signed in stays so for a day.',
          fix: '`docker compose restart prosody jicofo` ends both at once, and interrupts meetings.',
        },
      ],
    };
  },
});
