import type { Decisions } from '../../../src/blueprint.ts';

/** What the script has to know to sign tokens; nobody but this stack has the keys of a sign-in service. */
export function tokenView({ access, accounts, secrets, services }: Decisions) {
  // Whoever keeps the accounts is whom tokens are shown to.
  const own = services.find(({ name }) => name === accounts?.service)?.environment ?? {};
  return {
    signsTokens: secrets.some(({ name, given }) => name === 'JWT_APP_SECRET' && !given),
    issuer: String(own.JWT_APP_ID ?? ''),
    audience: String(own.JWT_ACCEPTED_AUDIENCES ?? ''),
    /** A token says itself whether it moderates; otherwise all do, or the first. */
    moderatesByToken: access?.moderators === 'token',
  };
}
