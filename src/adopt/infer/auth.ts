import type { Section } from '../../answers/sections.ts';
import type { Findings } from '../findings.ts';
import { switched, type Variables } from '../variables.ts';

/** Who may open a room. What is not sure is left open: an installation must not become public by being adopted. */
export function inferAuth(all: readonly Section[], variables: Variables, findings: Findings): void {
  findings.use('auth', 'ENABLE_AUTH', 'AUTH_TYPE', 'ENABLE_GUESTS');
  const [auth, type, guests] = ['ENABLE_AUTH', 'AUTH_TYPE', 'ENABLE_GUESTS'].map(variables.get);
  const how = switched(auth);
  if (auth === undefined || how === 'off') {
    const why = auth ? 'ENABLE_AUTH is off' : 'ENABLE_AUTH is not set';
    findings.answer('auth.mode', 'open', why, ...(auth ? [auth.evidence] : []));
    return;
  }
  if (how === 'unclear') {
    findings.undecided.push({
      answer: 'auth.mode',
      what: `ENABLE_AUTH is “${auth.value}”, which Jitsi’s images do not all understand in the same way, so it is not clear who may open a room.`,
    });
    return;
  }
  const mode = type?.value ?? 'internal';
  const offered = all.find(({ id }) => id === 'auth')?.choice?.fields ?? {};
  if (!Object.hasOwn(offered, mode)) {
    findings.undecided.push({
      answer: 'auth.mode',
      what: `It logs people in with AUTH_TYPE ${mode}, which no stack offers yet (${Object.keys(offered).join(', ')}).`,
    });
    if (type) findings.noPlace('AUTH_TYPE', type, 'This way of logging in is not offered yet.');
    return;
  }
  const why = type ? `AUTH_TYPE is ${mode}` : 'ENABLE_AUTH is on';
  findings.answer('auth.mode', mode, why, (type ?? auth).evidence);
  if (!Object.hasOwn(offered[mode] ?? {}, 'guests')) return;
  const may = switched(guests);
  if (may === 'unclear' && guests) {
    findings.noPlace('ENABLE_GUESTS', guests, 'It is neither 1 nor 0; guests are left out.');
  }
  findings.answer(
    'auth.guests',
    may === 'on',
    guests ? `ENABLE_GUESTS is ${may === 'on' ? 'on' : 'off'}` : 'ENABLE_GUESTS is not set',
    ...(guests ? [guests.evidence] : []),
  );
}
