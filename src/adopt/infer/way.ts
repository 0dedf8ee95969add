import type { SignIn } from '../../access/ways.ts';
import type { Findings } from '../findings.ts';
import { switched, type Variables } from '../variables.ts';

/**
 * The table of combinations, read backwards: who joins and who moderates where people sign in. Undefined where nobody who
 * has signed in has more rights than a guest.
 *
 * @param asks jicofo asks who has signed in
 */
export function wayOf(
  variables: Variables,
  signIn: SignIn,
  asks: boolean,
): { readonly guests: string; readonly moderators: string } | undefined {
  const get = (name: string) => variables.at('prosody', name) ?? variables.get(name);
  const modules = (get('XMPP_MUC_MODULES')?.value ?? '').split(',').map((one) => one.trim());
  const may = switched(get('ENABLE_GUESTS')) === 'on';
  const knocking = modules.includes('lobby_autostart');
  if (asks)
    return { guests: may ? (knocking ? 'knock' : 'wait') : 'none', moderators: 'signed-in' };
  const own = variables.at('jicofo', 'ENABLE_AUTO_OWNER') ?? variables.get('ENABLE_AUTO_OWNER');
  const byToken = signIn === 'token' && modules.includes('token_affiliation');
  if (byToken && own && switched(own) === 'off') {
    if (!may) return { guests: 'none', moderators: 'token' };
    if (knocking) return { guests: 'knock', moderators: 'token' };
    return modules.includes('muc_wait_for_host')
      ? { guests: 'wait', moderators: 'token' }
      : undefined;
  }
  return may || byToken ? undefined : { guests: 'none', moderators: 'first' };
}

/** Says who joins and who moderates, with what it follows from. */
export function inferWay(
  way: NonNullable<ReturnType<typeof wayOf>>,
  variables: Variables,
  findings: Findings,
): void {
  const guests = variables.at('prosody', 'ENABLE_GUESTS') ?? variables.get('ENABLE_GUESTS');
  const may = switched(guests);
  if (may === 'unclear' && guests) {
    findings.noPlace('ENABLE_GUESTS', guests, 'It is neither 1 nor 0; guests are left out.');
  }
  findings.answer(
    'auth.guests',
    way.guests,
    guests ? `ENABLE_GUESTS is ${may === 'on' ? 'on' : 'off'}` : 'ENABLE_GUESTS is not set',
    ...(guests ? [guests.evidence] : []),
  );
  if (way.moderators === 'signed-in') return;
  const asks = variables.at('jicofo', 'JICOFO_ENABLE_AUTH') ?? variables.get('JICOFO_ENABLE_AUTH');
  findings.answer(
    'auth.moderators',
    way.moderators,
    'jicofo does not ask who has signed in (JICOFO_ENABLE_AUTH)',
    ...(asks ? [asks.evidence] : []),
  );
}
