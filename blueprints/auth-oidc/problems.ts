import type { Problem } from '../../src/blueprint.ts';
import { providerOf } from './providers.ts';

export interface Own {
  readonly provider: string;
  readonly providerUrl: string;
  readonly clientId: string;
  readonly domains?: string | undefined;
  readonly groups?: string | undefined;
  readonly moderators?: string | undefined;
  readonly moderatorGroups?: string | undefined;
  readonly groupsClaim: string;
}

/** Where everybody can make himself an account. */
const public_ = ['https://accounts.google.com', 'https://gitlab.com'];

/** The entries of an answer that takes several. */
export function entriesOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** Answers with which nobody could sign in, or strangers could. */
export function signInProblems(own: Own): readonly Problem[] {
  const { label, form, example } = providerOf(own.provider);
  const { providerUrl: url } = own;
  const problems: Problem[] = [];
  const refuse = (answer: string, what: string, why: string, fix: string) =>
    problems.push({ answer: `auth.${answer}`, what, why, fix });
  if (form ? !form.test(url) : /\/\.well-known\/|[?#]/.test(url))
    refuse(
      'providerUrl',
      `“${url}” is not the address of ${form ? label : 'a service'}.`,
      'It has to be, to the letter, what the service calls issuer; everybody’s sign-in would fail otherwise.',
      `Give it as ${example}.`,
    );
  if (own.clientId.trim() === '')
    refuse(
      'clientId',
      'The client ID is missing.',
      'The service would not know who asks.',
      'Give --auth-client-id.',
    );
  const domains = entriesOf(own.domains);
  const wrong = domains.find((one) => !/^(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/i.test(one));
  if (wrong !== undefined)
    refuse(
      'domains',
      `“${wrong}” is not the domain of an e-mail address.`,
      'Nobody would be let in by it.',
      'Give --auth-domains example.org.',
    );
  if (own.provider === 'entra' && domains.length > 0)
    refuse(
      'domains',
      'Microsoft does not vouch for e-mail addresses.',
      'Whoever runs a tenant can write any address into it.',
      'Leave it out: the address with your tenant’s ID lets in your tenant alone. --auth-groups makes it fewer.',
    );
  if (public_.includes(url) && domains.length === 0 && entriesOf(own.groups).length === 0)
    refuse(
      'domains',
      `Everybody can make an account at ${new URL(url).host}.`,
      'Anybody at all could open rooms.',
      'Say whose accounts with --auth-domains or --auth-groups; or choose --auth open, if that is what you want.',
    );
  if (own.moderators === 'token' && entriesOf(own.moderatorGroups).length === 0)
    refuse(
      'moderatorGroups',
      'The groups that moderate are missing.',
      'Nobody would moderate.',
      'Give --auth-moderator-groups, or choose --auth-moderators signed-in.',
    );
  if (!/^\S{1,200}$/.test(own.groupsClaim))
    refuse(
      'groupsClaim',
      `“${own.groupsClaim}” is not the name of a claim.`,
      'No groups would be found.',
      'Give it without blanks, such as groups or realm_access.roles.',
    );
  return problems;
}
