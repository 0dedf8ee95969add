import type { SecureContext } from 'node:tls';
import {
  Client,
  FilterParser,
  InvalidCredentialsError,
  InvalidDNSyntaxError,
  NoSuchObjectError,
  ResultCodeError,
  type SearchOptions,
  SizeLimitExceededError,
} from 'ldapts';
import type { Outside } from '../plan/plan.ts';
import type { Tried } from './tried.ts';

type Directory = Extract<Outside, { readonly kind: 'directory' }>;

/** Milliseconds for each question. */
const patience = 5000;

/** How it is reached: with a certificate that has been looked at already. */
interface Way {
  readonly name: string;
  /** The name as it stands in a URL. */
  readonly hostname: string;
  readonly port: number;
  readonly context: SecureContext;
}

/** Something that is asked: false for no answer that helps. */
interface Question {
  readonly ask: (client: Client) => Promise<boolean>;
  /** What is wrong when the answer is no, or an error. */
  readonly wrong: (error?: unknown) => string;
  /** The name of the password that was refused with it. */
  readonly refused?: string;
}

/**
 * What the directory says to whoever searches it: about the account, about the entry below which people are, and about the filter.
 *
 * @param password of the account that searches
 */
export async function tryEntries(
  asked: Directory,
  { name, hostname, port, context }: Way,
  password = '',
): Promise<Tried | undefined> {
  const scheme = asked.encryption === 'ldaps' ? 'ldaps' : 'ldap';
  const tls = { host: name, secureContext: context };
  const client = new Client({
    url: `${scheme}://${hostname}:${port}`,
    ...{ timeout: patience, connectTimeout: patience, strictDN: false },
    ...(scheme === 'ldaps' && { tlsOptions: tls }),
  });
  try {
    if (asked.encryption === 'starttls') await client.startTLS(tls);
    for (const { ask, wrong, refused } of questionsFor(asked, password, `The directory ${name}`)) {
      const answer = await ask(client).catch((error: unknown) => wrong(error));
      if (answer === true) continue;
      return { text: answer || wrong(), ...(refused && { refused }) };
    }
    return undefined;
  } catch (error) {
    return { text: `The directory ${name} fails: ${said(error)}.` };
  } finally {
    await client.unbind().catch(() => {});
  }
}

function questionsFor(
  { base, account, filter }: Directory,
  password: string,
  its: string,
): readonly Question[] {
  const who = account?.name ?? 'whoever asks without an account';
  const effect = 'Nobody could sign in.';
  const anybody = filter.replace(/%[uU]/g, '*');
  const signIn: Question = {
    ask: (client) => client.bind(who, password).then(() => true),
    wrong: (error) =>
      isOne(error, [InvalidCredentialsError, InvalidDNSyntaxError, NoSuchObjectError])
        ? `${its} refuses ${who}: the password is wrong, or there is no such account. ${effect} ./stack secret ${account?.secret} enters another password, --auth-bind-dn names another account.`
        : `${its} does not let ${who} in: ${said(error)}. ${effect}`,
    refused: account?.secret ?? '',
  };
  const entry: Question = {
    ask: (client) => finds(client, base, 'base', '(objectClass=*)'),
    wrong: (error) =>
      error === undefined || isOne(error, [InvalidDNSyntaxError, NoSuchObjectError])
        ? `${its} has no entry ${base}, or does not show it to ${who}. ${effect} Is --auth-base right?`
        : `${its} does not show ${base} to ${who}: ${said(error)}. ${effect} ${account ? 'Let that account read it, or name another:' : 'Name an account that may search:'} --auth-bind-dn.`,
  };
  const people: Question = {
    ask: async (client) => finds(client, base, 'sub', FilterParser.parseString(anybody)),
    wrong: (error) =>
      error === undefined || error instanceof ResultCodeError
        ? `${its} finds nobody with ${anybody} below ${base}${error ? ` (${said(error)})` : ''}. ${effect} Check what people sign in with (--auth-people), their group (--auth-group), and what ${who} may read.`
        : `The filter ${filter} cannot be read: ${said(error)}. ${effect} Correct it: --auth-filter.`,
  };
  return [...(account ? [signIn] : []), entry, people];
}

/** Whether there is an entry; more than one is one too. */
async function finds(
  client: Client,
  base: string,
  scope: 'base' | 'sub',
  filter: NonNullable<SearchOptions['filter']>,
): Promise<boolean> {
  try {
    const question = { scope, filter, sizeLimit: 1, attributes: ['1.1'] };
    return (
      (await client.search(base, question as Parameters<Client['search']>[1])).searchEntries
        .length > 0
    );
  } catch (error) {
    if (error instanceof SizeLimitExceededError) return true;
    throw error;
  }
}

function isOne(error: unknown, kinds: readonly (abstract new (text: string) => Error)[]): boolean {
  return kinds.some((kind) => error instanceof kind);
}

/** The directory’s own words, in one line. */
function said(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
}
