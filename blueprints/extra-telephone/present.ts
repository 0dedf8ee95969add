import { type Decisions, domainIn, series, type ValuesOf } from '../../src/blueprint.ts';
import type { fields } from './fields.ts';
import { dialInNumbers } from './numbers.ts';

/** The numbers for the page, and what a telephone exchange needs to lead callers to rooms. */
export function present(
  { url, answers }: Decisions,
  { account = '', numbers }: ValuesOf<typeof fields>,
) {
  const all = dialInNumbers(numbers).map(({ country, number, digits }) => ({
    country,
    number,
    digits,
  }));
  return {
    questions: ['pin', 'room'],
    numbers: series(all),
    dialled: all,
    room: `${url}/telephone/room`,
    url,
    /** As whom the gateway registers at the exchange. */
    user: account.slice(0, account.lastIndexOf('@')),
    host: domainIn(answers.settings, 'XMPP_DOMAIN'),
    selfSigned: answers.certificates.source === 'self-signed',
    closed: answers.auth.guests === 'none',
  };
}
