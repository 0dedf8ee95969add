import { join } from 'node:path';
import { lastOf, parseEnv, readValue } from '../env-file.ts';
import type { Outside, Plan } from '../plan/plan.ts';
import { readableText } from '../readable-text.ts';
import { systemAuthorities } from './authorities.ts';
import { tryDirectory } from './directory.ts';
import { tryKeys } from './keys.ts';
import type { Tried } from './tried.ts';

/** An account that a directory is searched with, and the name of its password. */
type Account = NonNullable<Extract<Outside, { readonly kind: 'directory' }>['account']>;

/** The accounts whose passwords do not stand in the stack's `.env`, each once. */
export function withoutPassword(
  asks: NonNullable<Plan['asks']>,
  directory: string,
): readonly Account[] {
  const accounts = accountsIn(asks).filter((one) => passwordIn(directory, one) === undefined);
  return [...new Map(accounts.map((one) => [one.secret, one])).values()];
}

/**
 * Tries from here the servers that a stack asks, before it is written: what is wrong with them.
 *
 * @param directory the stack's, for passwords in its `.env` and an authority that its owner has brought
 * @param entered passwords that are not there yet, by name; without its password, what an account is told is not tried
 */
export async function tryOutside(
  asks: NonNullable<Plan['asks']>,
  directory: string,
  entered: ReadonlyMap<string, string> = new Map(),
  authorities: readonly string[] = systemAuthorities(),
): Promise<readonly Tried[]> {
  const known = (account: Account) => passwordIn(directory, account) ?? entered.get(account.secret);
  const tried = asks.map(async (one) => {
    if (one.kind === 'directory')
      return tryDirectory(one, directory, authorities, one.account && known(one.account));
    const text = await tryKeys(one.url);
    return text === undefined ? undefined : { text };
  });
  return (await Promise.all(tried)).filter((said) => said !== undefined);
}

function accountsIn(asks: NonNullable<Plan['asks']>): readonly Account[] {
  return asks.flatMap((one) => (one.kind === 'directory' && one.account ? [one.account] : []));
}

function passwordIn(directory: string, { secret }: Account): string | undefined {
  const text = readableText(join(directory, '.env')) ?? '';
  const variable = lastOf(parseEnv(text), secret);
  return variable && readValue(text, variable);
}
